import type { Sample } from "../pipeline/samples/samples.ts";
import type { Decoder } from "../media/decoder.ts";
import { MODALITIES, type Seen } from "../modality.ts";
import { predictClips } from "../predict/predict_clips.ts";
import type { Prediction, Probabilities } from "../recognize/prediction.ts";
import type { Recognizer } from "../recognize/recognizer.ts";
import { type Judged, type Measured, measureJudged } from "./measure_judged.ts";

/** Clips that a recogniser is asked about. */
export interface ClipsToMeasure {
  /** What they are called. */
  readonly name: string;
  /** The clips; those whose label the recogniser does not know are left out. */
  readonly samples: readonly Sample[];
}

/** What a recogniser makes of clips, by what it goes by. */
export interface MeasuredClips {
  /** What they are called. */
  readonly name: string;
  /** Clips of which nothing could be recognised. */
  readonly failed: number;
  /** Voice, face and both, as far as the clips and the recogniser have them. */
  readonly rows: readonly (Measured & { readonly modality: Seen })[];
}

/**
 * Asks a recogniser about clip files, as `deno task predict` does, and measures what it says. What both modalities say
 * together is measured on the clips of which both were used; what one says alone, on the clips whose label it knows.
 */
export async function measureClips(
  recognizer: Recognizer,
  decoder: Decoder,
  { name, samples }: ClipsToMeasure,
  onProgress: (done: number) => void = () => {},
): Promise<MeasuredClips> {
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
      speaker: sample.speaker,
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
  const rows = (["audio", "video", "fused"] as const).flatMap((modality) => {
    const said = judged.get(modality);
    return said ? [{ modality, ...measureJudged(said, labels.length) }] : [];
  });
  return { name, failed, rows };
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
