import assert from "node:assert/strict";
import { faceStatistics } from "../../src/pipeline/face_statistics.ts";
import { FeatureStore } from "../../src/pipeline/store.ts";

Deno.test("faceStatistics() leaves out the frames that do not count", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const store = await FeatureStore.open(dir);
    const key = { stage: "picture/test", clip: "1", settings: {} };
    await store.put(key, {
      embeddings: { shape: [3, 2], data: Float32Array.of(1, 10, 3, 10, 90, 90) },
      counts: { shape: [3], data: Uint8Array.of(1, 1, 0) },
    });
    const names = { id: "a", take: "a", label: "calm" };
    const sample = { ...names, speaker: "1", picture: [], sound: [] };
    const extracted = { sample, picture: key, silent: false, clips: {} };
    const { data } = await faceStatistics(store, [extracted], 2);
    assert.deepEqual(Array.from(data), [2, 10, 1, 0]);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
