import assert from "node:assert/strict";
import { DEFAULT_CONFIG } from "../../src/pipeline/config.ts";
import { featureSources } from "../../src/pipeline/extract/feature_sources.ts";
import { openStore } from "../../src/pipeline/store/open_store.ts";
import { FACERES } from "../../models/faceres.ts";
import { describeBackbone } from "../../src/vision/load_backbone.ts";

Deno.test("featureSources() leaves out the frames that do not count", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const store = await openStore({ store: dir });
    const key = { stage: "picture/test", clip: "1", settings: {} };
    await store.put(key, {
      embeddings: { shape: [3, 2], data: Float32Array.of(1, 10, 3, 10, 90, 90) },
      counts: { shape: [3], data: Uint8Array.of(1, 1, 0) },
    });
    const names = { corpus: "toy", id: "a", take: "a", label: "calm", speaker: "1" };
    const sample = { ...names, attributes: {}, picture: [], sound: [] };
    const config = { ...DEFAULT_CONFIG, modality: "video", backbone: FACERES } as const;
    const backbone = await describeBackbone(FACERES, {});
    const { embeddings } = await featureSources({
      config,
      store,
      networks: { backbone },
      earFile: undefined,
    });
    const { rows, featureSize } = await embeddings!.read({
      sample,
      picture: key,
      silent: false,
      clips: {},
    });
    assert.deepEqual([...rows], [1, 10, 3, 10]);
    assert.equal(featureSize, 2);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
