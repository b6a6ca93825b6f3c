import type { Protocol } from "../evaluate/protocol.ts";
import type { Matrix } from "../nn/matrix.ts";
import type { RunConfig } from "./config.ts";
import type { ExtractedSample } from "./extract.ts";
import type { EmbeddingFiles, FoldJob } from "./fold.ts";
import type { FeatureStore } from "./store.ts";

/**
 * Splits the samples by the protocol into one job a fold.
 *
 * @throws {ProtocolError} If the protocol cannot split these samples.
 */
export function makeJobs(
  config: RunConfig,
  protocol: Protocol,
  store: FeatureStore,
  samples: readonly ExtractedSample[],
  classes: readonly string[],
  { audio, modelsDir }: { audio: Matrix | undefined; modelsDir: string },
): FoldJob[] {
  const labels = Int32Array.from(samples, ({ sample }) => classes.indexOf(sample.emotion));
  const splits = protocol.splits(
    samples.map(({ sample: { actor, performance, emotion } }, i) => ({
      label: labels[i],
      className: emotion,
      actor,
      performance,
    })),
    { folds: config.folds ?? undefined, seed: config.seed },
  );
  const video = config.modality === "audio" ? undefined : embeddingFiles(config, store, samples);
  return splits.map(({ name, train, test }) => {
    const actors = new Set(Array.from(train, (i) => samples[i].sample.actor));
    const byActor = protocol.innerGroup === "actor" && actors.size >= 2;
    return {
      name,
      train,
      test,
      labels,
      nClasses: classes.length,
      groups: samples.map(({ sample: { actor, performance } }) =>
        byActor ? String(actor) : performance
      ),
      audio: audio && { width: audio.cols, data: audio.data },
      video,
      headOnAllClips: protocol.headOnAllClips,
      featureNetworksOnAllClips: protocol.featureNetworksOnAllClips,
      seed: config.seed,
      modelsDir,
    };
  });
}

function embeddingFiles(
  { seconds, fps }: RunConfig,
  store: FeatureStore,
  samples: readonly ExtractedSample[],
): EmbeddingFiles {
  return {
    files: samples.map(({ picture }) => store.path(picture!)),
    frames: Math.round(seconds * fps),
  };
}
