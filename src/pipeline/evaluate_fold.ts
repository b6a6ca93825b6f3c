import { join } from "node:path";
import { Matrix } from "../nn/matrix.ts";
import { decisionRows, innerFolds } from "./decision_rows.ts";
import { faceFeatures } from "./face_features.ts";
import { hybridRow, lateRows } from "./feature_fusion_rows.ts";
import type { Fold, FoldJob, FoldRow, Modality } from "./fold.ts";
import { foldSeed } from "./fold_tools.ts";
import { saveModel } from "./model_file.ts";
import {
  CLASSICAL,
  classicalRows,
  disposeNetworks,
  fitNetworks,
  fitUnimodalNetworks,
  networkRows,
} from "./unimodal_rows.ts";
import { LATE_RULES } from "../fusion/registry.ts";

/**
 * Fits and tests every model of one fold and saves what was fitted. Nothing is learned from a test
 * sample, except where the job says so for the tutorial's sake. The rows come in the same order for
 * every fold. `announce` is called before each of the `foldSteps(job)` steps.
 */
export function evaluateFold(job: FoldJob, announce: (what: string) => void): FoldRow[] {
  const everything = Int32Array.from(job.labels, (_, sample) => sample);
  const save: Fold["save"] = (name, state) => saveModel(join(job.modelsDir, job.name), name, state);
  const featuresFor = (train: Int32Array, label: string): ReadonlyMap<Modality, Matrix> => {
    const features = new Map<Modality, Matrix>();
    if (job.audio) {
      features.set("audio", new Matrix(job.labels.length, job.audio.width, job.audio.data));
    }
    if (job.video) {
      announce(`face head (${label})`);
      const seed = foldSeed(job, `${label}/head`);
      const { matrix, state } = faceFeatures(job.video, job.labels, train, job.nClasses, seed);
      // The heads of inner folds only make probabilities for decision rules to learn from.
      if (label === "outer") save("face-head", state);
      features.set("video", matrix);
    }
    return features;
  };

  const features = featuresFor(job.headOnAllClips ? everything : job.train, "outer");
  const fused = features.size === 2 ? Matrix.concatColumns([...features.values()]) : undefined;
  const fold: Fold = { job, features, fused, announce, save };
  const rows = classicalRows(fold);
  const networks = fitNetworks(fold, job.train, "cnn1d");
  rows.push(...networkRows(fold, networks));
  if (features.size === 2) {
    // The tutorial fits the networks of late fusion on all clips; it has no early network that does.
    const unimodal = job.featureNetworksOnAllClips
      ? fitUnimodalNetworks(fold, everything, "feature-cnn1d")
      : networks.unimodal;
    const feature = { unimodal, early: networks.early };
    rows.push(...lateRows(fold, feature));
    // A head that saw every clip stays as it is in the inner folds: nothing is left to protect.
    const inner = job.headOnAllClips ? () => features : featuresFor;
    rows.push(...decisionRows(fold, networks, inner));
    rows.push(hybridRow(fold, feature));
    if (unimodal !== networks.unimodal) disposeNetworks({ unimodal });
  }
  disposeNetworks(networks);
  return rows;
}

/** How many steps `evaluateFold` announces. */
export function foldSteps(job: FoldJob): number {
  const modalities = (job.audio ? 1 : 0) + (job.video ? 1 : 0);
  const inputs = modalities === 2 ? 3 : 1;
  const heads = job.video ? 1 : 0;
  const alone = heads + inputs * (CLASSICAL.length + 1);
  if (modalities < 2) return alone;
  const inner = innerFolds(job);
  return alone + (job.featureNetworksOnAllClips ? modalities : 0) + LATE_RULES.length +
    inner * (modalities + (job.headOnAllClips ? 0 : 1)) + 1;
}
