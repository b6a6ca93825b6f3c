import assert from "node:assert/strict";
import { join } from "node:path";
import { featureSet } from "../../../src/features/registry.ts";
import { DEFAULT_CONFIG } from "../../../src/pipeline/config.ts";
import type { ExtractedSample } from "../../../src/pipeline/extract/extract_tools.ts";
import { FeaturePool } from "../../../src/pipeline/extract/feature_pool.ts";
import { BucketStore } from "../../../src/pipeline/store/bucket/bucket_store.ts";
import type { FeatureStore } from "../../../src/pipeline/store/feature_store.ts";
import { FolderStore } from "../../../src/pipeline/store/folder_store.ts";
import { withFolder } from "../../with_folder.ts";
import { withFakeBucket } from "./fake_bucket.ts";

const SOUND = { stage: "sound/test", clip: "1", settings: { seconds: 1 } };
const SAMPLES = Float32Array.from({ length: 8000 }, (_, i) => Math.sin(i / 9) * Math.sin(i / 800));
const names = { corpus: "toy", id: "a", take: "a", label: "calm", speaker: "1" };
const SAMPLE: ExtractedSample = {
  sample: { ...names, attributes: {}, picture: [], sound: [] },
  sound: SOUND,
  silent: false,
  clips: {},
};

/** What a thread that may read and write a folder alone makes of a sound in `store`. */
async function voiceOf(store: FeatureStore): Promise<Float32Array> {
  await store.put(SOUND, { samples: { shape: [SAMPLES.length], data: SAMPLES } });
  const config = { ...DEFAULT_CONFIG, modality: "audio", seconds: 1 } as const;
  const parts = { config, store, networks: {}, earFile: undefined };
  using pool = await FeaturePool.open(parts, [featureSet("voice")], 1);
  // Two files of one content: both ask for the same entry.
  await Promise.all([pool.make(SAMPLE), pool.make(SAMPLE)]);
  const entry = await store.get({ ...SOUND, stage: featureSet("voice").stage! });
  return entry?.tensors.statistics.data as Float32Array;
}

Deno.test("threads without a network work for a store in a bucket as for one in a folder", () =>
  withFolder(async (dir) => {
    const expected = await voiceOf(await FolderStore.open(join(dir, "folder")));
    assert(expected.length > 100);
    await withFakeBucket(async (bucket) => {
      const store = await BucketStore.open("s3://corpora", bucket.options(join(dir, "cache")));
      assert.deepEqual(await voiceOf(store), expected);
      // The mark, the sound and the voice.
      assert.equal(bucket.objects.size, 3);
    });
  }));
