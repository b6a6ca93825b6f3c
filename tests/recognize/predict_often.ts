/**
 * Predicts 10,000 clips and prints the memory in use halfway and at the end, as a JSON array. What is garbage does not
 * count: V8 is started with `--expose-gc`.
 *
 * @module
 */

import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import { SAMPLE_RATE, tone, voiceBundle } from "./voice_bundle.ts";

const recognizer = await loadRecognizer(await voiceBundle());
const samples = tone(1, 0.5);
const memory: Deno.MemoryUsage[] = [];
for (let half = 0; half < 2; half++) {
  for (let i = 0; i < 5000; i++) recognizer.predict({ samples, sampleRate: SAMPLE_RATE });
  for (let i = 0; i < 2; i++) {
    (globalThis as typeof globalThis & { gc(): void }).gc();
    // What lies beside the heap is freed a little later.
    await new Promise((done) => setTimeout(done, 100));
  }
  memory.push(Deno.memoryUsage());
}
recognizer.dispose();
console.log(JSON.stringify(memory));
