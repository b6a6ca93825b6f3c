import { join } from "node:path";
import { encodeSafetensors } from "../../src/numeric/safetensors.ts";
import { Random } from "../../src/numeric/random.ts";
import type { FoldJob } from "../../src/pipeline/fold/fold.ts";
import { recipes } from "../../src/pipeline/recipes/registry.ts";

const FRAMES = 4;
const FEATURES = 6;
const VOICE = 24;

/**
 * A fold of 16 samples of two classes whose voice and face features tell the class with some noise,
 * written to `dir` as the store would. Samples of the test set get other noise for another `testSeed`.
 */
export function syntheticFold(
  dir: string,
  options: Partial<FoldJob> & { readonly testSeed?: number; readonly testLabel?: number } = {},
): FoldJob {
  const { testSeed = 1, testLabel, ...overrides } = options;
  const n = 16;
  const train = Int32Array.from({ length: 12 }, (_, i) => i);
  const test = Int32Array.of(12, 13, 14, 15);
  const labels = Int32Array.from({ length: n }, (_, i) => i % 2);
  if (testLabel !== undefined) test.forEach((sample) => labels[sample] = testLabel);
  const data = new Float32Array(n * VOICE);
  const files = Array.from({ length: n }, (_, sample) => {
    const seed = sample < 12 ? 100 + sample : 1000 * testSeed + sample;
    const random = new Random(seed);
    const pull = sample % 2 === 0 ? 1 : -1;
    for (let i = 0; i < VOICE; i++) data[sample * VOICE + i] = pull * (i % 3) + random.normal();
    const frames = sample % 3 === 0 ? FRAMES - 1 : FRAMES;
    const embeddings = Float32Array.from(
      { length: frames * FEATURES },
      (_, i) => pull * (i % 2) + random.normal(),
    );
    const file = join(dir, `${seed}.safetensors`);
    Deno.writeFileSync(
      file,
      encodeSafetensors({ embeddings: { shape: [frames, FEATURES], data: embeddings } }),
    );
    return file;
  });
  return {
    name: "fold-1",
    train,
    test,
    labels,
    nClasses: 2,
    groups: Array.from({ length: n }, (_, i) => String(i >> 1)),
    speakers: Array.from({ length: n }, (_, i) => String(i >> 2)),
    plans: [{ recipe: "tutorial", normalisation: "none" }],
    recipes: Object.fromEntries(recipes().map((recipe) => [recipe.name, recipe])),
    features: { mfcc: { width: VOICE, channels: VOICE, data } },
    video: { files, frames: FRAMES, fps: 2 },
    headOnAllClips: false,
    featureNetworksOnAllClips: false,
    seed: 7,
    modelsDir: join(dir, "models"),
    ...overrides,
  };
}
