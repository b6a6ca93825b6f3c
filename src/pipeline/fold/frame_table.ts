import type { FitName, FoldSamples } from "../../evaluate/fold_samples.ts";
import { SampleTable } from "../../evaluate/sample_table.ts";
import type { TrainingSet } from "../../evaluate/training_set.ts";
import type { FeatureSetOf } from "../../features/feature_set.ts";
import { networkHead } from "../../features/network_head.ts";
import { Matrix } from "../../numeric/matrix.ts";
import type { Network } from "../../nn/network.ts";
import type { SampleFrames } from "./fits/fit_face_head.ts";
import type { EmbeddingFiles } from "./fold.ts";
import type { FeatureTable } from "./feature_table.ts";
import { FrameReader } from "./frame_reader.ts";

/**
 * The frame embeddings of every sample, in the store: what a {@linkcode SampleTable} is to numbers in
 * memory. They are read batch by batch, so that memory does not grow with them.
 */
export class FrameTable {
  readonly #of: FoldSamples;
  readonly #files: readonly string[];
  /** Frames a sample. */
  readonly frames: number;
  readonly #fps: number;

  /** Reads from one file a sample. */
  constructor(of: FoldSamples, { files, frames, fps }: EmbeddingFiles) {
    this.#of = of;
    this.#files = files;
    this.frames = frames;
    this.#fps = fps;
  }

  /**
   * Fits something to the frames of `samples` and enters into the ledger what it read.
   *
   * @throws {Error} If an entry of the store is gone.
   * @throws {RangeError} If an entry has no embeddings, or other numbers a frame than the others.
   */
  learn<T>(what: FitName, samples: Int32Array, fit: (set: TrainingSet<SampleFrames>) => T): T {
    using reader = new FrameReader(this.#files);
    const select = (wanted: Int32Array) => this.#frames(reader, wanted);
    return this.#of.learn(what, { samples: this.#of.all, select }, samples, fit);
  }

  /**
   * The features of every sample that `set` makes of the values of a network's feature layer.
   *
   * @throws {Error} If an entry of the store is gone.
   * @throws {RangeError} If an entry has no embeddings, or other numbers a frame than the others.
   */
  compute(set: FeatureSetOf<"head">, network: Network): FeatureTable {
    using reader = new FrameReader(this.#files);
    const { featureSize } = reader;
    const head = networkHead(network);
    const settings = { frames: this.frames, fps: this.#fps, units: head.units };
    const x = new Matrix(this.#files.length, set.size(settings));
    for (const sample of this.#of.all) {
      const rows = reader.readAll(sample, this.frames);
      const given = { rows, featureSize, fps: this.#fps, head };
      x.row(sample).set(set.compute(given, settings).data);
    }
    return {
      table: new SampleTable(this.#of, x),
      channels: set.frames?.channels(settings) ?? x.cols,
      mirrored: set.frames?.mirrored?.(settings),
    };
  }

  #frames(reader: FrameReader, samples: Int32Array): SampleFrames {
    const { featureSize } = reader;
    const { frames } = this;
    return {
      rows: samples.length * frames,
      frames,
      featureSize,
      batch(wanted) {
        const out = new Float32Array(wanted.length * featureSize);
        wanted.forEach((row, i) => {
          const place = out.subarray(i * featureSize, (i + 1) * featureSize);
          reader.read(samples[Math.floor(row / frames)], row % frames, place);
        });
        return out;
      },
    };
  }
}
