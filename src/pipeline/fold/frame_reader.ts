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
  readonly #open = new Map<number, Deno.FsFile>();
  /** Numbers a frame. */
  readonly featureSize: number;

  /**
   * Reads from `files`, one store entry a sample, whose tensor `embeddings` is [frames, featureSize].
   *
   * @throws {Deno.errors.NotFound} If an entry is gone.
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
    file.seekSync(begin + row * this.featureSize * 4, Deno.SeekMode.Start);
    readFully(file, new Uint8Array(out.buffer, out.byteOffset, this.featureSize * 4));
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
    for (const file of this.#open.values()) file.close();
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

  #file(sample: number): Deno.FsFile {
    const known = this.#open.get(sample);
    if (known) return known;
    if (this.#open.size >= OPEN_FILES) {
      const [oldest, file] = this.#open.entries().next().value!;
      file.close();
      this.#open.delete(oldest);
    }
    const file = Deno.openSync(this.#files[sample]);
    this.#open.set(sample, file);
    return file;
  }
}

function readShape(path: string): Layout & { featureSize: number } {
  using file = Deno.openSync(path);
  const head = new Uint8Array(HEADER_BYTES);
  const length = file.readSync(head) ?? 0;
  const { embeddings } = safetensorsHeader(head.subarray(0, length)).tensors;
  if (embeddings?.shape.length !== 2) throw new RangeError(`${path} holds no embeddings`);
  const [frames, featureSize] = embeddings.shape;
  return { begin: embeddings.begin, frames, featureSize };
}

function readFully(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    const read = file.readSync(bytes.subarray(at));
    if (read === null) throw new Deno.errors.UnexpectedEof("a store entry ends too early");
    at += read;
  }
}
