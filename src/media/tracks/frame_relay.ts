/** Takes frames as they arrive, whole ones. While it is pending no more are decoded. */
export type TakeFrames = (frames: Uint8Array<ArrayBuffer>, count: number) => void | Promise<void>;

/** Hands the bytes of frames on, as whole frames and no more than are wanted, without keeping them. */
export class FrameRelay {
  readonly #frameBytes: number;
  readonly #most: number;
  readonly #take: TakeFrames;
  #rest: Uint8Array = new Uint8Array(0);
  #count = 0;

  /** Hands up to `frameCount` frames of `frameBytes` bytes to `take`. */
  constructor(frameBytes: number, frameCount: number, take: TakeFrames) {
    this.#frameBytes = frameBytes;
    this.#most = frameCount;
    this.#take = take;
  }

  /** How many frames were handed on. */
  get count(): number {
    return this.#count;
  }

  /** Takes the next bytes. */
  async push(bytes: Uint8Array): Promise<void> {
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    const count = Math.min(this.#most - this.#count, Math.floor(all.length / this.#frameBytes));
    this.#rest = all.slice(count * this.#frameBytes);
    if (count <= 0) return;
    this.#count += count;
    await this.#take(all.subarray(0, count * this.#frameBytes), count);
  }
}
