import { closeSync, openSync, readSync } from "node:fs";
import { safetensorsHeader } from "../../numeric/safetensors.ts";

/** Store entries kept open at once: well below the limit of open files that systems set. */
const OPEN_FILES = 256;
/** Bytes read for a header: far more than an entry's header ever needs. */
const HEADER_BYTES = 4096;

/** Where the embeddings lie in an entry. */
interface Layout {
  readonly begin: number;
  readonly frames: number;
}

/**
 * Reads single frames' embeddings from the store's entries by position, so that a network can learn
 * from more frames than memory holds. Frames after the last one of a clip repeat it: the padding.
 */
export class FrameReader implements Disposable {
  readonly #files: readonly string[];
  readonly #layouts: (Layout | undefined)[];
  readonly #open = new Map<number, number>();
  /** Numbers a frame. */
  readonly featureSize: number;

  /**
   * Reads from `files`, one store entry a sample, whose tensor `embeddings` is [frames, featureSize].
   *
   * @throws {Error} If an entry is gone.
   * @throws {RangeError} If an entry has no embeddings, or fewer or more numbers a frame than the others.
   */
  constructor(files: readonly string[]) {
    this.#files = files;
    this.#layouts = new Array(files.length);
    this.featureSize = readShape(files[0]).featureSize;
  }

  /** Copies the embedding of frame number `frame` of sample number `sample` into `out` [featureSize]. */
  read(sample: number, frame: number, out: Float32Array): void {
    const { begin, frames } = this.#layouts[sample] ??= this.#layout(sample);
    const row = Math.min(frame, frames - 1);
    const file = this.#file(sample);
    const bytes = new Uint8Array(out.buffer, out.byteOffset, this.featureSize * 4);
    readFully(file, bytes, begin + row * this.featureSize * 4);
  }

  /** The embeddings of all frames of a sample, `most` at most, [frames, featureSize]. */
  readAll(sample: number, most: number): Float32Array {
    const { frames } = this.#layouts[sample] ??= this.#layout(sample);
    const n = Math.min(frames, most);
    const rows = new Float32Array(n * this.featureSize);
    for (let frame = 0; frame < n; frame++) {
      const from = frame * this.featureSize;
      this.read(sample, frame, rows.subarray(from, from + this.featureSize));
    }
    return rows;
  }

  /** Closes the files. */
  [Symbol.dispose](): void {
    for (const file of this.#open.values()) closeSync(file);
    this.#open.clear();
  }

  #layout(sample: number): Layout {
    const { featureSize, ...layout } = readShape(this.#files[sample]);
    if (featureSize !== this.featureSize) {
      throw new RangeError(
        `${this.#files[sample]} has ${featureSize} numbers a frame, others ${this.featureSize}`,
      );
    }
    return layout;
  }

  /** The open file of a sample, by its number in this process. */
  #file(sample: number): number {
    const known = this.#open.get(sample);
    if (known !== undefined) return known;
    if (this.#open.size >= OPEN_FILES) {
      const [oldest, file] = this.#open.entries().next().value!;
      closeSync(file);
      this.#open.delete(oldest);
    }
    const file = openSync(this.#files[sample], "r");
    this.#open.set(sample, file);
    return file;
  }
}

function readShape(path: string): Layout & { featureSize: number } {
  const head = new Uint8Array(HEADER_BYTES);
  const file = openSync(path, "r");
  let length: number;
  try {
    length = readSync(file, head);
  } finally {
    closeSync(file);
  }
  const { embeddings } = safetensorsHeader(head.subarray(0, length)).tensors;
  if (embeddings?.shape.length !== 2) throw new RangeError(`${path} holds no embeddings`);
  const [frames, featureSize] = embeddings.shape;
  return { begin: embeddings.begin, frames, featureSize };
}

function readFully(file: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length;) {
    const read = readSync(file, bytes, at, bytes.length - at, position + at);
    if (read === 0) throw new Error("a store entry ends too early");
    at += read;
  }
}
