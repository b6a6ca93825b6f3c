import type { Decoder } from "../media/decoder.ts";
import { MODALITIES, type Seen } from "../modality.ts";
import type { Sample } from "../pipeline/samples/samples.ts";
import { predictClips } from "../predict/predict_clips.ts";
import type { Prediction, Probabilities } from "../recognize/prediction.ts";
import type { Recognizer } from "../recognize/recognizer.ts";
import type { Judged } from "./measure_judged.ts";
import { speakerKey } from "./speaker_key.ts";

/** Clips that a recogniser is asked about. */
export interface ClipsToMeasure {
  /** What they are called. */
  readonly name: string;
  /** The clips; those whose label the recogniser does not know are left out. */
  readonly samples: readonly Sample[];
}

/** What a recogniser says of clips. */
export interface Answers {
  /** Clips of which nothing could be recognised. */
  readonly failed: number;
  /** What voice, face and both said, each of the clips whose label it knows; speakers as `speakerKey` has them. */
  readonly judged: ReadonlyMap<Seen, readonly Judged[]>;
}

/** Asks a recogniser about clip files, as `deno task predict` does. */
export async function askAbout(
  recognizer: Recognizer,
  decoder: Decoder,
  { samples }: ClipsToMeasure,
  onProgress: (done: number) => void = () => {},
): Promise<Answers> {
  const { labels } = recognizer.card;
  const known = samples.filter(({ label }) => labels.includes(label));
  const files = known.map(({ picture, sound }) => {
    const { file, path } = (picture[0] ?? sound[0])!;
    return { file, path };
  });
  const judged = new Map<Seen, Judged[]>();
  const add = (modality: Seen, sample: Sample, said: Probabilities) => {
    if (!Object.hasOwn(said, sample.label)) return;
    const list = judged.get(modality) ?? [];
    judged.set(modality, list);
    list.push({
      truth: labels.indexOf(sample.label),
      speaker: speakerKey(sample),
      probabilities: labels.map((label) => said[label] ?? 0),
    });
  };
  let done = 0;
  let failed = 0;
  for await (const outcome of predictClips(recognizer, decoder, files)) {
    const sample = known[done];
    const [part] = outcome.parts;
    if ("reason" in part) failed++;
    else addPrediction(sample, part.prediction, add);
    onProgress(++done);
  }
  return { failed, judged };
}

function addPrediction(
  sample: Sample,
  { modalities, probabilities, used }: Prediction,
  add: (modality: Seen, sample: Sample, said: Probabilities) => void,
): void {
  for (const modality of MODALITIES) {
    const said = modalities[modality];
    if (said) add(modality, sample, said);
  }
  if (used.length > 1) add("fused", sample, probabilities);
}
