import assert from "node:assert/strict";
import { Ensemble } from "../../src/classify/ensemble.ts";
import { GridSearch } from "../../src/classify/grid_search.ts";
import { NetworkClassifier } from "../../src/classify/networks/network_classifier.ts";
import { findLeaks } from "../../src/evaluate/find_leaks.ts";
import type { FitRecord } from "../../src/evaluate/fit_ledger.ts";
import { LeakError } from "../../src/split/leak_error.ts";
import { findProtocol } from "../../src/split/protocols/registry.ts";
import { refuseLeaks } from "../../src/evaluate/refuse_leaks.ts";
import { SampleTable } from "../../src/evaluate/sample_table.ts";
import { DecisionStacking } from "../../src/fusion/decision_stacking.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { disposeDeciders, fitUnimodalDeciders } from "../../src/pipeline/fold/deciders.ts";
import { evaluateFold, makeFold, makeParts } from "../../src/pipeline/fold/evaluate_fold.ts";
import { FITTERS, type Fitters } from "../../src/pipeline/fold/fits/fitters.ts";
import type { FoldJob } from "../../src/pipeline/fold/fold.ts";
import type { RecipePlan } from "../../src/pipeline/recipes/recipe.ts";
import { syntheticFold } from "./synthetic_fold.ts";

const STATISTICS: RecipePlan = { recipe: "statistics", normalisation: "train" };
const HONEST = ["speaker-independent", "performance-independent", "cross-corpus"];

/** A fit of the pipeline, broken on purpose, and what must be found. */
interface Planted {
  readonly what: string;
  readonly broken: Partial<Fitters>;
  /** What the job has beyond the recipe of statistics. */
  readonly job?: Partial<FoldJob>;
  readonly id: "fits" | "face-head" | "feature-networks";
  readonly says: RegExp;
}

const PLANTED: readonly Planted[] = [
  {
    what: "a scaler that takes all samples",
    broken: { scaler: (set, channels) => FITTERS.scaler(set.everything(), channels) },
    id: "fits",
    says: /voice scaler of fold-1 was fitted on 4 of its test samples \(12, 13, 14, 15\)/,
  },
  {
    what: "speaker statistics that look at labels",
    broken: {
      speakerStatistics(set, channels) {
        assert(set.everything().labels().length > 0);
        return FITTERS.speakerStatistics(set, channels);
      },
    },
    job: { plans: [{ recipe: "statistics", normalisation: "own" }] },
    id: "fits",
    says: /voice speaker statistics of fold-1 was fitted on 4 of its test samples/,
  },
  {
    what: "corpus statistics that look at labels",
    broken: {
      corpusStatistics(set, channels) {
        assert(set.everything().labels().length > 0);
        return FITTERS.corpusStatistics(set, channels);
      },
    },
    job: { plans: [{ recipe: "statistics", normalisation: "corpus" }] },
    id: "fits",
    says: /voice corpus statistics of fold-1 was fitted on 4 of its test samples/,
  },
  {
    what: "a face head that learns from all frames",
    broken: { faceHead: (set, seed) => FITTERS.faceHead(set.everything(), seed) },
    job: { plans: [{ recipe: "tutorial", normalisation: "none" }] },
    id: "face-head",
    says: /the face head learned from the frames of all 4 test samples/,
  },
  {
    what: "a network that is stopped by what it is not trained on, test samples among it",
    broken: {
      classifier(classifier, set) {
        if (!(classifier instanceof NetworkClassifier)) return FITTERS.classifier(classifier, set);
        const all = set.everything();
        const trained = new Set(set.samples);
        const held = all.subset(
          [...all.samples.keys()].filter((i) => !trained.has(all.samples[i])),
        );
        const labels = held.labels();
        // After few rows, after more, after all: it is kept as it does best on the others.
        const stops = [1 / 2, 1].map((share) =>
          set.subset([...set.samples.subarray(0, share * set.samples.length).keys()])
        );
        const right = stops.map((part) => {
          FITTERS.classifier(classifier, part);
          return classifier.predict(held.rows()).filter((c, i) => c === labels[i]).length;
        });
        FITTERS.classifier(classifier, stops[right.indexOf(Math.max(...right))]);
      },
    },
    job: { plans: [{ recipe: "tutorial", normalisation: "none" }], video: undefined },
    id: "fits",
    says: /cnn1d on mfcc of fold-1 was fitted on 4 of its test samples/,
  },
  {
    what: "a grid search over all samples",
    broken: {
      classifier(classifier, set) {
        FITTERS.classifier(classifier, classifier instanceof GridSearch ? set.everything() : set);
      },
    },
    id: "fits",
    says: /svm-rbf-grid on voice of fold-1 was fitted on 4 of its test samples/,
  },
  {
    what: "an ensemble whose members learn from all samples",
    broken: {
      classifier(classifier, set) {
        FITTERS.classifier(classifier, classifier instanceof Ensemble ? set.everything() : set);
      },
    },
    id: "fits",
    says: /inner-1 ensemble on audio of fold-1 was fitted on 4 of its test samples/,
  },
  {
    what: "inner folds divided by all labels",
    broken: {
      innerFolds(set, atMost, random) {
        const inTraining = (sample: number) => set.samples.includes(sample);
        return FITTERS.innerFolds(set.everything(), atMost, random).map((fold) => ({
          train: fold.train.filter(inTraining),
          held: fold.held.filter(inTraining),
          classes: fold.classes,
        }));
      },
    },
    id: "fits",
    says: /division into inner folds of fold-1 was fitted on 4 of its test samples/,
  },
  {
    what: "late fusion's networks fitted as the tutorial does",
    broken: {},
    job: {
      plans: [{ recipe: "tutorial", normalisation: "none" }],
      featureNetworksOnAllClips: true,
    },
    id: "feature-networks",
    says: /the networks whose features are fused learned from all 4 test samples/,
  },
];

/** Evaluates the synthetic fold: four samples a speaker, two a take, the last speaker to test. */
async function withJob<T>(part: Partial<FoldJob>, work: (job: FoldJob) => T): Promise<T> {
  await initBackend();
  const dir = await Deno.makeTempDir();
  try {
    const { features: { mfcc } } = syntheticFold(dir);
    const features = { mfcc, voice: mfcc, landmarks: mfcc };
    return work(syntheticFold(dir, { plans: [STATISTICS], features, ...part }));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** The leaks of what was fitted, as a run under that protocol would find them. */
function leaksOf(protocol: string, job: FoldJob, fits: readonly FitRecord[]) {
  const samples = job.groups.map((take, i) => ({
    take,
    speaker: job.speakers[i],
    label: String(job.labels[i]),
    silent: false,
  }));
  return findLeaks(findProtocol(protocol), [job], samples, "av", fits);
}

/** Sees the fits refused by honest protocols and listed by the tutorial. */
function assertFound(
  job: FoldJob,
  fits: readonly FitRecord[],
  { id, says }: Pick<Planted, "id" | "says">,
): void {
  for (const protocol of HONEST) {
    const refused = () => refuseLeaks(findProtocol(protocol), leaksOf(protocol, job, fits));
    assert.throws(refused, (error) => error instanceof LeakError && says.test(error.message));
  }
  const listed = leaksOf("tutorial", job, fits);
  refuseLeaks(findProtocol("tutorial"), listed);
  assert.match(listed.find((leak) => leak.id === id)?.text ?? "not listed", says);
}

for (const { what, broken, job: part = {}, ...expected } of PLANTED) {
  Deno.test(`${what}: honest protocols refuse it, the tutorial lists it`, () =>
    withJob(part, (job) => {
      const { fits } = evaluateFold(job, () => {}, { ...FITTERS, ...broken });
      assertFound(job, fits, expected);
    }));
}

Deno.test("a fusion rule that learns from the test samples' probabilities: refused, or listed", () =>
  withJob({}, (job) => {
    const announce = () => {};
    const parts = makeParts(job, { announce, save: () => {}, fitters: FITTERS });
    const { scalers: _, ...fold } = makeFold(job, STATISTICS, parts);
    const deciders = fitUnimodalDeciders(fold, { train: job.train, purpose: "" });
    const probabilities = [...deciders.unimodal].map(([modality, model]) =>
      fold.features.get(modality)!.predictProba(model)
    );
    const rule = new DecisionStacking();
    const what = { name: rule.name, kind: "fusion-rule" } as const;
    SampleTable.learn(probabilities, what, fold.samples.all, (set) => FITTERS.rule(rule, set));
    disposeDeciders(deciders);
    const { fits } = parts.log.data();
    assertFound(job, fits, {
      id: "fits",
      says: /decision-stacking of fold-1 was fitted on 4 of its test samples/,
    });
  }));

Deno.test("the pipeline as it is has no leak to refuse, by any recipe of these and normalisation", () =>
  withJob({
    plans: [
      { recipe: "tutorial", normalisation: "none" },
      STATISTICS,
      { recipe: "statistics", normalisation: "own" },
      { recipe: "statistics", normalisation: "corpus" },
    ],
  }, (job) => {
    const { fits } = evaluateFold(job, () => {});
    for (const protocol of HONEST) {
      const leaks = leaksOf(protocol, job, fits);
      refuseLeaks(findProtocol(protocol), leaks);
      assert.deepEqual(leaks.map(({ id }) => id), ["transductive"]);
    }
    const kinds = new Set(fits.map(({ kind }) => kind));
    assert.deepEqual([...kinds].toSorted(), [
      ...[
        "classifier",
        "corpus-statistics",
        "fusion-rule",
        "head",
        "inner-split",
        "scaler",
        "speaker-statistics",
      ],
    ]);
  }));
