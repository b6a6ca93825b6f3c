import { createReadStream } from "node:fs";

/** The remainders of single bytes, bits reversed, by the polynomial of APPNOTE.TXT, section 4.4.7. */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

/** The CRC-32 of a file, as zip archives have it: eight hexadecimal digits. Node 20 has no function for it. */
export async function crc32OfFile(path: string): Promise<string> {
  let crc = ~0;
  for await (const chunk of createReadStream(path)) {
    const bytes: Uint8Array = chunk;
    for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ REMAINDERS[(crc ^ bytes[i]) & 255];
  }
  return crc32Text(~crc);
}

/** A CRC-32 in hexadecimal. */
export function crc32Text(crc: number): string {
  return (crc >>> 0).toString(16).padStart(8, "0");
}
