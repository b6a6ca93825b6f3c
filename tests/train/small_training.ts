import { join } from "node:path";
import { createDecoder } from "../../src/media/create_decoder.ts";
import type { RunPlaces } from "../../src/pipeline/config.ts";
import type { ClipInput } from "../../src/recognize/clip_input.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import type { Probabilities } from "../../src/recognize/prediction.ts";
import type { Recognizer } from "../../src/recognize/recognizer.ts";
import { tinyEar } from "../models/tiny_ear.ts";
import { readWhole } from "../predict/read_whole.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";
import { train, type Trained, type TrainingChoice } from "./train.ts";

/** Short clips of one actor at few frames a second: every stage for real, in seconds instead of minutes. */
export const SMALL = { seconds: 1, fps: 4, filter: { actors: [1] } };

/** Both actors, where inner folds must have something to learn from. */
export const BOTH = { filter: {} };

/** The same, seen by landmarks. */
export const BOTH_SEEN = { ...BOTH, backbone: "landmarks" } as const;

const dir = await Deno.makeTempDir({ prefix: "emofuse-test-" });
globalThis.addEventListener("unload", () => Deno.removeSync(dir, { recursive: true }));
const corpus = await syntheticCorpus(2);
export const ear = await tinyEar();
export const decoder = await createDecoder("wasm");
globalThis.addEventListener("unload", () => void decoder.close());

export function trainHere(choice: TrainingChoice & Pick<RunPlaces, "ear"> = {}): Promise<Trained> {
  return train({
    ...{ data: corpus, out: join(dir, "run"), store: join(dir, "store"), workers: 1 },
    ear: choice.ear,
  }, { ...choice, config: { ...SMALL, ...choice.config } });
}

/** The clip of sample number `i`, as the bundle wants it. */
export async function clipOf({ prepared, card }: Trained, i: number): Promise<ClipInput> {
  const { picture, sound } = prepared.samples[i].sample;
  return await readWhole(decoder, (picture[0] ?? sound[0]).path, card, SMALL.seconds);
}

/** The largest difference between probabilities and a row. */
export function distance(probabilities: Probabilities, row: Float32Array): number {
  return Math.max(...Object.values(probabilities).map((p, c) => Math.abs(p - row[c])));
}

export async function loaded<T>(
  trained: Trained,
  work: (recognizer: Recognizer) => Promise<T>,
): Promise<T> {
  const recognizer = await loadRecognizer(trained.bytes);
  try {
    return await work(recognizer);
  } finally {
    recognizer.dispose();
  }
}
