import type { Protocol } from "../evaluate/protocol.ts";
import type { RunModality } from "./config.ts";
import type { ExtractedSample } from "./extract.ts";
import type { FoldJob, RowName } from "./fold.ts";

/** A leak as it was found in a run: which rows it touches, and how much of it there is. */
export interface LeakFound {
  /** Identifier that rows refer to. */
  readonly id: string;
  /** What leaks, in one sentence with its count. */
  readonly text: string;
  /** Whether a row is touched by it. */
  readonly affects: (row: RowName) => boolean;
}

/**
 * The leaks of the protocol that this corpus and these splits really have, with their counts: test
 * performances whose twin was learned from, face heads and feature networks that saw test samples,
 * and digital silence that stands for a voice.
 */
export function findLeaks(
  { headOnAllClips, featureNetworksOnAllClips, mergeTwins }: Protocol,
  modality: RunModality,
  samples: readonly ExtractedSample[],
  jobs: readonly FoldJob[],
): LeakFound[] {
  const tested = jobs.reduce((sum, { test }) => sum + test.length, 0);
  const twins = jobs.reduce((sum, { train, test }) => {
    const learned = new Set(Array.from(train, (i) => samples[i].sample.performance));
    return sum +
      test.reduce((n, i) => n + (learned.has(samples[i].sample.performance) ? 1 : 0), 0);
  }, 0);
  const silent = samples.filter((sample) => sample.silent).length;
  const leaks: LeakFound[] = [];
  if (!mergeTwins && twins > 0) {
    leaks.push({
      id: "twins",
      text: `${twins} of ${tested} test samples show a performance that was also learned from ` +
        "(01- and 02- files are the same take)",
      affects: ({ modality }) => modality !== "audio" || twinsHeard(samples, jobs),
    });
  }
  if (headOnAllClips && modality !== "audio") {
    leaks.push({
      id: "face-head",
      text: `the face head learned from the frames of all ${tested} test samples`,
      affects: ({ modality }) => modality !== "audio",
    });
  }
  if (featureNetworksOnAllClips && modality === "av") {
    leaks.push({
      id: "feature-networks",
      text: `the networks whose features are fused learned from all ${tested} test samples`,
      affects: ({ fusion }) => fusion.startsWith("late-") || fusion === "hybrid",
    });
  }
  if (silent > 0 && modality !== "video") {
    leaks.push({
      id: "silence",
      text: `${silent} of ${samples.length} samples have digital silence instead of a voice`,
      affects: ({ modality }) => modality !== "video",
    });
  }
  return leaks;
}

/** Whether any test sample with sound has a twin with sound among those learned from. */
function twinsHeard(samples: readonly ExtractedSample[], jobs: readonly FoldJob[]): boolean {
  const heard = (indices: Int32Array) =>
    Array.from(indices, (i) => samples[i]).filter(({ silent }) => !silent)
      .map(({ sample }) => sample.performance);
  return jobs.some(({ train, test }) => {
    const learned = new Set(heard(train));
    return heard(test).some((performance) => learned.has(performance));
  });
}
