/** Gathers the bytes of frames as they arrive, whole frames and no more than are wanted. */
export class FrameIntake {
  readonly #frameBytes: number;
  readonly #most: number;
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** Keeps up to `frameCount` frames of `frameBytes` bytes. */
  constructor(frameBytes: number, frameCount: number) {
    this.#frameBytes = frameBytes;
    this.#most = frameBytes * frameCount;
  }

  /** How many whole frames arrived. */
  get count(): number {
    return Math.floor(this.#length / this.#frameBytes);
  }

  /** Takes the next bytes. */
  push(bytes: Uint8Array): void {
    const part = bytes.subarray(0, this.#most - this.#length);
    this.#parts.push(part);
    this.#length += part.length;
  }

  /** The whole frames that arrived. */
  finish(): Uint8Array<ArrayBuffer> {
    const frames = new Uint8Array(this.#length - this.#length % this.#frameBytes);
    let at = 0;
    for (const part of this.#parts) {
      frames.set(part.subarray(0, frames.length - at), at);
      at = Math.min(frames.length, at + part.length);
    }
    return frames;
  }
}
