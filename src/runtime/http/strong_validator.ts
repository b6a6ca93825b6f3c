/** What may stand in `If-Range`: a strong ETag, or else the date of the last change (RFC 9110, section 13.1.5). */
export function strongValidator(headers: Headers): string | undefined {
  const etag = headers.get("etag");
  if (etag !== null && !etag.startsWith("W/")) return etag;
  return headers.get("last-modified") ?? undefined;
}
