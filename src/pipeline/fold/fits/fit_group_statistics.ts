import { SpeakerNormaliser } from "../../../classify/speaker_normaliser.ts";
import type { TrainingSet } from "../../../evaluate/training_set.ts";
import { Matrix } from "../../../numeric/matrix.ts";
import type { Normaliser } from "./normaliser.ts";

/** Samples of a speaker or corpus that give statistics worth having. */
const MIN_SAMPLES = 8;

/**
 * Learns the mean and deviation of each channel over each speaker's own samples, training or test alike,
 * without labels; and those of the training set, for speakers of whom there are too few.
 *
 * @param set Rows of frames [samples, frames * channels].
 * @param channels Numbers a frame.
 */
export function fitSpeakerStatistics(set: TrainingSet<Matrix>, channels: number): Normaliser {
  return fitGroups(set, channels, { of: "speaker", groupsOf: (all) => all.speakers() });
}

/** The same with corpora in the place of speakers. */
export function fitCorpusStatistics(set: TrainingSet<Matrix>, channels: number): Normaliser {
  return fitGroups(set, channels, { of: "corpus", groupsOf: (all) => all.corpora() });
}

function fitGroups(
  set: TrainingSet<Matrix>,
  channels: number,
  { of, groupsOf }: {
    readonly of: string;
    readonly groupsOf: (all: TrainingSet<Matrix>) => string[];
  },
): Normaliser {
  const all = set.everything();
  const x = all.rows();
  const frames = x.cols / channels;
  const frameRows = (rows: Matrix) => new Matrix(rows.rows * frames, channels, rows.data);
  const groups = new Map(groupsOf(all).map((group, row) => [all.samples[row], group]));
  const frameGroups = (samples: Int32Array) =>
    Array.from(
      { length: samples.length * frames },
      (_, frame) => groups.get(samples[Math.floor(frame / frames)])!,
    );
  const rowOf = new Map(Array.from(all.samples, (sample, row) => [sample, row]));
  const train = Int32Array.from(set.samples, (sample) => rowOf.get(sample)!);
  const trainFrames = new Int32Array(train.length * frames)
    .map((_, i) => train[Math.floor(i / frames)] * frames + i % frames);
  const normaliser = new SpeakerNormaliser({ minSamples: MIN_SAMPLES * frames, of });
  normaliser.fit(frameRows(x), frameGroups(all.samples), trainFrames);
  return {
    transform: (rows, samples) =>
      new Matrix(
        rows.rows,
        rows.cols,
        normaliser.transform(frameRows(rows), frameGroups(samples)).data,
      ),
    state: normaliser.state(),
    warning: normaliser.warning,
  };
}
