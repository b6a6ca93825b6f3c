/**
 * Predicts 10,000 clips and prints the memory in use halfway and at the end, as a JSON array.
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
  memory.push(Deno.memoryUsage());
}
recognizer.dispose();
console.log(JSON.stringify(memory));
