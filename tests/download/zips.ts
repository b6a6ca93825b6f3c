import { BlobReader, BlobWriter, configure, ZipWriter } from "@zip.js/zip.js";
import { type ZippableFile, zipSync } from "fflate";

configure({ useWebWorkers: false });

/** Bytes that do not compress, the same for the same seed. */
export function noise(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed >>> 0 || 1;
  for (let i = 0; i < length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[i] = state;
  }
  return bytes;
}

/** An archive of such files, in their order. */
export function zipOf(files: Readonly<Record<string, ZippableFile>>): Uint8Array<ArrayBuffer> {
  return zipSync(files, { mtime: "2018-05-16" }) as Uint8Array<ArrayBuffer>;
}

/** An archive in Zip64 with everything in 64 bits. */
export async function zip64Of(
  files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new BlobWriter(), { zip64: true });
  for (const [name, bytes] of Object.entries(files)) {
    await writer.add(name, new BlobReader(new Blob([bytes])));
  }
  return new Uint8Array(await (await writer.close()).arrayBuffer());
}

/** Where each record of the central directory begins. */
export function directoryRecords(zip: Uint8Array): number[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.length);
  const end = zip.length - 22;
  const count = view.getUint16(end + 10, true);
  const records: number[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    records.push(at);
    const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    at += 46 + lengths.reduce((sum, length) => sum + length, 0);
  }
  return records;
}

/** A copy of an archive in which `change` has changed something. */
export function changed(
  zip: Uint8Array<ArrayBuffer>,
  change: (view: DataView, records: number[]) => void,
): Uint8Array<ArrayBuffer> {
  const copy = zip.slice();
  change(new DataView(copy.buffer), directoryRecords(copy));
  return copy;
}
