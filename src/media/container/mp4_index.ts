/** Whether a file begins as MP4 and QuickTime do. */
export function isMp4(file: Uint8Array): boolean {
  return ["ftyp", "moov", "mdat"].includes(nameAt(file, 4));
}

/** The index of an MP4 or QuickTime file, its `moov` box with its head; undefined where there is none. */
export function mp4Index(file: Uint8Array): Uint8Array | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at + 16 <= file.length;) {
    const short = view.getUint32(at);
    // A box beyond 4 GB has its size behind its name.
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (nameAt(file, at + 4) === "moov") return file.subarray(at, at + size);
    if (size < 8) return undefined;
    at += size;
  }
  return undefined;
}

function nameAt(file: Uint8Array, at: number): string {
  return String.fromCharCode(...file.subarray(at, at + 4));
}
