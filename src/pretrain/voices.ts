import type { ConditionName } from "../audio/degrade/conditions.ts";
import { SPEECH } from "../features/speech.ts";
import { Matrix } from "../numeric/matrix.ts";
import type { ExtractedSample } from "../pipeline/extract/extract_tools.ts";
import type { PreparedRun } from "../pipeline/run/prepare_run.ts";
import { VOICE_HEAD } from "./voice_head.ts";
import { VoiceModel } from "./voice_model.ts";

/** What voice models can learn from. */
export interface Voices {
  /** The samples, their classes and how they were read. */
  readonly run: PreparedRun;
  /** Features of all samples, as they are and degraded. */
  readonly versions: readonly Matrix[];
  /** Class index of each sample. */
  readonly labels: Int32Array;
}

/** Gives the features of samples under a condition, in one of its versions [samples, features]. */
export type Hear = (
  samples: readonly ExtractedSample[],
  condition: ConditionName,
  version: number,
) => Promise<Matrix>;

/** The features of all samples of a run, as they are and in as many degraded versions as the model learns from. */
export async function gatherVoices(run: PreparedRun, hear: Hear): Promise<Voices> {
  const { samples, classes, features } = run;
  const { data, width } = features[SPEECH.name];
  const versions = [new Matrix(samples.length, width, data)];
  for (let version = 1; version <= VOICE_HEAD.versions; version++) {
    versions.push(await hear(samples, "anything", version));
  }
  const labels = Int32Array.from(samples, ({ sample }) => classes.indexOf(sample.label));
  return { run, versions, labels };
}

/**
 * Fits a model to some samples.
 *
 * @param rows Their numbers.
 *
 * @throws {FitError} If it cannot be fitted to them.
 */
export function fitVoice({ run, versions, labels }: Voices, rows: readonly number[]): VoiceModel {
  const { classes, features, config: { seed } } = run;
  return VoiceModel.fit({
    versions: versions.map((version) => version.selectRows(rows)),
    labels: Int32Array.from(rows, (row) => labels[row]),
    nClasses: classes.length,
    blocks: features[SPEECH.name].blocks!,
    seed,
  });
}
