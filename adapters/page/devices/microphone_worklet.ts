/**
 * The audio worklet of the page: what the microphone hears, mono, in blocks.
 *
 * @module
 */

// What an AudioWorkletGlobalScope has; no TypeScript library declares it.
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, type: typeof AudioWorkletProcessor): void;

/** Samples of a block: some 40 ms. The worklet itself is called for 128 at a time. */
const BLOCK = 2048;

registerProcessor(
  "emofuse-microphone",
  class extends AudioWorkletProcessor {
    #block = new Float32Array(BLOCK);
    #filled = 0;

    process([channels]: Float32Array[][]): boolean {
      const n = channels[0]?.length ?? 0;
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (const channel of channels) sum += channel[i];
        this.#block[this.#filled++] = sum / channels.length;
        if (this.#filled === BLOCK) {
          this.port.postMessage(this.#block, [this.#block.buffer]);
          this.#block = new Float32Array(BLOCK);
          this.#filled = 0;
        }
      }
      return true;
    }
  },
);
