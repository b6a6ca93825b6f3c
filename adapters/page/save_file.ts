/** Hands a file to the browser, which saves it or asks where; it comes from this page, not from a server. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // At once would be too early for some browsers.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
