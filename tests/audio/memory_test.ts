import assert from "node:assert/strict";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { everyFeature } from "./every_feature.ts";

Deno.test("every feature gives back the memory that it takes", async () => {
  const dsp = await loadDsp();
  const first = everyFeature(dsp);
  // Tables of 16 settings are kept, then all are made anew: which lie there together at the worst moment
  // differs from round to round, and repeats itself after 16 rounds at the latest.
  for (let round = 1; round < 16; round++) everyFeature(dsp);
  const before = dsp.memoryBytes;
  for (let round = 0; round < 16; round++) everyFeature(dsp);
  assert.equal(dsp.memoryBytes, before);
  assert.deepEqual(everyFeature(dsp), first);
});
