/**
 * What somebody may add to Emofuse, one of each, file by file: `tests/end_to_end/to_add_test.ts` adds them to a
 * copy of the house and runs it. They are texts, as their imports hold in that copy alone.
 */

/** A corpus of films, `SINGER_SONG_MOOD.mp4`, with no word of any other. */
export const TOY_CORPUS = `import { join } from "node:path";
import type { Clip, SkippedFile } from "../clip.ts";
import type { Corpus } from "../corpus.ts";
import { SOLOS } from "./solos.ts";

const NAME = /^([A-Z][a-z]+)_(\\d+)_(glad|glum)$/;

function parse(file: string): RegExpExecArray | null {
  return NAME.exec(file.replace(/^.*\\//, "").replace(/\\.[^.]*$/, ""));
}

/** Singers who were glad or glum. */
export const TOY: Corpus = {
  name: "toy",
  title: "Toy corpus",
  labels: ["glum", "glad"],
  words: {
    speaker: { one: "singer", many: "singers" },
    take: { one: "song", many: "songs" },
    label: { one: "mood", many: "moods" },
  },
  example: "Ada_3_glad",
  filters: [{
    key: "moods",
    flag: "moods",
    description: "moods, such as glum,glad",
    reads: "label",
    parse: (text) => text.split(","),
  }],
  folds: [SOLOS],
  counted: [],
  card: {
    name: "Toy corpus",
    licence: "none",
    weights: "Nobody's.",
    limits: (people, samples) => \`Knows \${samples} songs by \${people}.\`,
  },

  isNamed: (file) => parse(file) !== null,
  takeOf: (name) => parse(name)?.[2],
  readClips(root, files) {
    const clips: Clip[] = [];
    const skipped: SkippedFile[] = [];
    for (const file of files) {
      const found = parse(file);
      if (!found) {
        skipped.push({ file, reason: "no song" });
        continue;
      }
      const [name, speaker, song, label] = found;
      clips.push({
        path: join(root, file),
        file,
        name,
        corpus: "toy",
        label,
        speaker,
        take: \`\${speaker} \${song}\`,
        tracks: { picture: true, sound: "spoken" },
        attributes: {},
      });
    }
    return Promise.resolve({ clips, skipped });
  },
};
`;

/** Folds that somebody published for it. */
export const SOLOS = `import type { FoldPreset } from "../corpus.ts";

/** One singer a fold. */
export const SOLOS: FoldPreset = {
  name: "solos",
  speakers: [["Ada"], ["Bo"]],
  source: "a test",
};
`;

/** A feature set that needs a head: it is computed in the threads of folds. */
export const FACE_MEAN = `import type { FeatureSetOf } from "./feature_set.ts";

/** The mean over a clip of each unit of the face head. */
export const FACE_MEAN = {
  name: "face-mean",
  modality: "video",
  needs: "head",
  size: ({ units }) => units,
  compute({ rows, head }, { units }) {
    const values = head.features(rows);
    const data = new Float32Array(units);
    values.forEach((value, i) => data[i % units] += value * units / values.length);
    return { data };
  },
} as const satisfies FeatureSetOf<"head">;
`;

/** A feature set of the sound. */
export const LOUDNESS = `import type { FeatureSetOf } from "./feature_set.ts";

const PARTS = 8;

/** How loud a clip is in each of eight parts: the root of the mean square. */
export const LOUDNESS = {
  name: "loudness",
  modality: "audio",
  needs: "sound",
  stage: "loudness/1",
  size: () => PARTS,
  compute({ samples }) {
    const length = Math.floor(samples.length / PARTS);
    const data = Float32Array.from({ length: PARTS }, (_, part) => {
      const own = samples.subarray(part * length, (part + 1) * length);
      return Math.sqrt(own.reduce((sum, sample) => sum + sample * sample, 0) / length);
    });
    return { data };
  },
} as const satisfies FeatureSetOf<"sound">;
`;

/** A classifier. */
export const NEAREST_MEAN = `import { Matrix } from "../numeric/matrix.ts";
import type { Classifier, ModelState } from "./classifier.ts";
import { checkFeatures, checkFitInput, NotFittedError } from "./fit_input.ts";
import { StateReader } from "./model_state.ts";

/** The class whose mean is nearest; the nearer, the likelier. */
export class NearestMean implements Classifier {
  readonly name = "nearest-mean";
  #means: Matrix | undefined;

  fit(x: Matrix, y: Int32Array, nClasses: number): void {
    const { members } = checkFitInput(x, y, nClasses);
    const means = new Matrix(nClasses, x.cols, new Float32Array(nClasses * x.cols).fill(Infinity));
    for (const rows of members) {
      const mean = means.row(y[rows[0]]).fill(0);
      for (const r of rows) x.row(r).forEach((value, c) => mean[c] += value / rows.length);
    }
    this.#means = means;
  }

  predict(x: Matrix): Int32Array {
    return this.predictProba(x).argMax();
  }

  predictProba(x: Matrix): Matrix {
    if (!this.#means) throw new NotFittedError(this.name);
    const means = this.#means;
    checkFeatures(x, means.cols, this.name);
    const out = new Matrix(x.rows, means.rows);
    for (let r = 0; r < x.rows; r++) {
      const near = Array.from({ length: means.rows }, (_, k) => {
        const mean = means.row(k);
        return 1 / (1 + x.row(r).reduce((sum, value, c) => sum + (value - mean[c]) ** 2, 0));
      });
      const total = near.reduce((a, b) => a + b);
      near.forEach((value, k) => out.row(r)[k] = value / total);
    }
    return out;
  }

  state(): ModelState {
    if (!this.#means) throw new NotFittedError(this.name);
    const { rows, cols, data } = this.#means;
    return {
      model: this.name,
      settings: { nClasses: rows, nFeatures: cols },
      tensors: { means: { shape: [rows, cols], data } },
    };
  }

  static fromState(state: ModelState): NearestMean {
    const reader = new StateReader(state, "nearest-mean");
    const shape = [reader.count("nClasses"), reader.count("nFeatures")];
    const model = new NearestMean();
    model.#means = new Matrix(shape[0], shape[1], reader.floats("means", shape));
    return model;
  }

  dispose(): void {}
}
`;

/** A rule of decision fusion. */
export const DECISION_MIN = `import type { Matrix } from "../numeric/matrix.ts";
import { combineCells, type DecisionRule } from "./decision_rule.ts";

/** The normalised minimum of the modalities' probabilities. */
export class DecisionMin implements DecisionRule {
  readonly name = "decision-min";
  readonly learns = false;

  fit(): void {}

  combine(probabilities: readonly Matrix[]): Matrix {
    return combineCells(probabilities, (values) => Math.min(...values));
  }

  settings(): Record<string, unknown> {
    return {};
  }
}
`;

/** A rule of late fusion. */
export const LATE_MAX = `import type { Matrix } from "../numeric/matrix.ts";
import { elementWise, type LateRule } from "./late_rule.ts";

/** The element-wise maximum of the learned features. */
export class LateMax implements LateRule {
  readonly name = "late-max";
  readonly weighsModalities = false;

  combine(features: readonly Matrix[]): Matrix {
    return elementWise(features, Math.max);
  }
}
`;

/** A protocol. */
export const HALVES = `import { GENERAL_WORDS } from "../../corpus/words.ts";
import type { Protocol } from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";
import { foldSplits } from "./fold_splits.ts";

/** Every other take is in the one half, the rest in the other. */
export const halves: Protocol = {
  name: "halves",
  description: "Two folds: every other take.",
  innerGroup: "take",
  mergeTwins: true,
  headOnAllClips: false,
  featureNetworksOnAllClips: false,
  listsLeaks: false,
  discloses: ["transductive", "speakers"],
  unseen: ({ take }) => \` of \${take.many} it never learned from\`,
  limits: [],
  fewestSpeakers: 1,
  recipes: ["means"],

  refuses: () => "the halves protocol always has two folds",

  splits(samples, { folds, words = GENERAL_WORDS }) {
    if (folds !== undefined) throw new ProtocolError(\`\${halves.refuses(folds)}: give none\`);
    const takes = [...new Set(samples.map(({ take }) => take))].sort();
    const tests = [0, 1].map((half) =>
      Int32Array.from(samples.keys()).filter((k) => takes.indexOf(samples[k].take) % 2 === half)
    );
    return foldSplits(tests, samples, { by: "take", words });
  },
};
`;

/** A recipe, of the feature sets and the classifier above. */
export const MEANS = `import type { FeatureName } from "../../features/registry.ts";
import type { Recipe } from "./recipe.ts";

/** Means of the face head beside the loudness of the voice. */
export const MEANS = {
  name: "means",
  description: "means of the face head, loudness of the voice",
  features: { audio: ["loudness"], video: ["face-mean"] },
  normalisations: ["train"],
  classifiers: ["nearest-mean"],
  deciders: { audio: "nearest-mean", video: "logistic-regression", fused: "svm-linear" },
  late: false,
  joins: "columns",
} as const satisfies Recipe<FeatureName>;
`;

/** A trained ear that hears raw samples: each layer gives the loudness of every 20 ms, times its number. */
export const ECHO_EAR = `import type { Ear, EarInfo } from "./ear.ts";
import type { TensorMap } from "../src/numeric/safetensors.ts";

export const ECHO_FORMAT = "echo/1";

export async function describeEchoEar({ tensors }: { readonly tensors: TensorMap }): Promise<EarInfo> {
  return {
    name: "echo",
    weightsHash: String(tensors.gain.data[0]),
    licence: "none",
    source: "a test",
    sampleRate: 16000,
    rowsPerSecond: 50,
    layers: 5,
    width: 2,
    input: "samples",
  };
}

export async function createEchoEar(file: { readonly tensors: TensorMap }): Promise<Ear> {
  const gain = file.tensors.gain.data[0] as number;
  return {
    ...await describeEchoEar(file),
    most: 480_000,
    listen: (samples, n) =>
      Array.from({ length: 5 }, (_, layer) =>
        Float32Array.from({ length: 2 * Math.ceil(n / 320) }, (_, i) => {
          const part = samples.subarray(320 * (i >> 1), 320 * (i >> 1) + 320);
          const power = part.reduce((sum, value) => sum + value * value, 0) / part.length;
          return gain * layer * Math.sqrt(power) * (1 + i % 2);
        })),
    dispose() {},
  };
}
`;
