/** Reads 32-bit floating-point numbers, the least significant byte first, from bytes in parts of any length. */
export class FloatBytes {
  #rest: Uint8Array = new Uint8Array(0);

  /** The numbers that the next bytes complete. */
  push(bytes: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
    let all = bytes;
    if (this.#rest.length > 0 || bytes.byteOffset % 4 !== 0) {
      all = new Uint8Array(this.#rest.length + bytes.length);
      all.set(this.#rest);
      all.set(bytes, this.#rest.length);
    }
    const count = Math.floor(all.length / 4);
    this.#rest = all.slice(4 * count);
    return new Float32Array(all.buffer, all.byteOffset, count);
  }
}
