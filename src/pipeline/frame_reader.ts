import { safetensorsHeader } from "../nn/safetensors.ts";

/** Store entries kept open at once: well below the limit of open files that systems set. */
const OPEN_FILES = 256;
/** Bytes read for a header at first: far more than an entry's header ever needs. */
const HEADER_BYTES = 4096;

interface OpenEntry {
  readonly file: Deno.FsFile;
  readonly begin: number;
  readonly frames: number;
  readonly featureSize: number;
}

/**
 * Reads single frames' embeddings from the store's entries by position, so that a network can learn
 * from more frames than memory holds. Frames after the last one of a clip repeat it: the padding.
 */
export class FrameReader {
  readonly #files: readonly string[];
  readonly #open = new Map<number, OpenEntry>();
  /** Numbers a frame. */
  readonly featureSize: number;

  /**
   * Reads from `files`, one store entry a sample, whose tensor `embeddings` is [frames, featureSize].
   *
   * @throws {Deno.errors.NotFound} If the first entry is gone.
   */
  constructor(files: readonly string[]) {
    this.#files = files;
    this.featureSize = this.#entry(0).featureSize;
  }

  /**
   * Copies the embedding of frame number `frame` of sample number `sample` into `out` [featureSize].
   *
   * @throws {Deno.errors.NotFound} If the store's entry is gone.
   */
  read(sample: number, frame: number, out: Float32Array): void {
    const { file, begin, frames } = this.#entry(sample);
    const row = Math.min(frame, frames - 1);
    file.seekSync(begin + row * this.featureSize * 4, Deno.SeekMode.Start);
    readFully(file, new Uint8Array(out.buffer, out.byteOffset, this.featureSize * 4));
  }

  /** Closes the files. */
  close(): void {
    for (const { file } of this.#open.values()) file.close();
    this.#open.clear();
  }

  #entry(sample: number): OpenEntry {
    const known = this.#open.get(sample);
    if (known) return known;
    if (this.#open.size >= OPEN_FILES) {
      const [oldest, entry] = this.#open.entries().next().value!;
      entry.file.close();
      this.#open.delete(oldest);
    }
    const file = Deno.openSync(this.#files[sample]);
    const head = new Uint8Array(HEADER_BYTES);
    const length = file.readSync(head) ?? 0;
    const { tensors } = safetensorsHeader(head.subarray(0, length));
    const { begin, shape } = tensors.embeddings;
    const entry = { file, begin, frames: shape[0], featureSize: shape[1] };
    this.#open.set(sample, entry);
    return entry;
  }
}

function readFully(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    const read = file.readSync(bytes.subarray(at));
    if (read === null) throw new Deno.errors.UnexpectedEof("a store entry ends too early");
    at += read;
  }
}
