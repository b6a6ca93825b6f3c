import { LICENCE, VERSION } from "../runtime/manifest.ts";
import type { Corpus } from "../corpus/corpus.ts";
import { withOldNames } from "../corpus/old_names.ts";
import { countOf } from "../corpus/words.ts";
import type { ResultRow, Results, RowName } from "../pipeline/run/results.ts";
import {
  type BundleDtype,
  type CalibrationCard,
  CARD_SCHEMA,
  type CorpusCard,
  type ModelCard,
  type NetworkCard,
  type ProtocolRow,
  type RoundingCard,
} from "../recognize/bundle/model_card.ts";
import { nameSenses } from "../recognize/words/name_senses.ts";
import { PICTURE_SIZES } from "../vision/picture_size.ts";
import { cardTexts, INTENDED_USE, limitsOf, weightTerms } from "./card_texts.ts";
import type { EarParts, NetworkParts } from "./network_parts.ts";
import { isOwnRow, type OwnModels } from "./own_rows.ts";

/** What a card is made of. */
export interface CardParts {
  /** The corpus that it was fitted to. */
  readonly source: Corpus;
  /** The model that was fitted on all samples. */
  readonly fitted: OwnModels;
  /** What the protocol gave for models that were fitted in the same way. */
  readonly results: JudgedResults;
  /** How sure they were. */
  readonly calibration: readonly CalibrationCard[];
  /** The least confidence that the model asks for, where it asks for any. */
  readonly minConfidence?: number;
  /** What looks at frames, where the model does: not where it goes by landmark files. */
  readonly networks?: Pick<NetworkParts, "backbone" | "detector" | "mesh">;
  /** What hears the sound, where a network does. */
  readonly ear?: Pick<EarParts, "card">;
  /** How weights are stored. */
  readonly dtype: BundleDtype;
  /** Predictions and probabilities that the rounding of the weights changes. */
  readonly rounding: RoundingCard;
}

/** What a card takes from the results of a run. */
export interface JudgedResults extends Pick<Results, "config" | "chance"> {
  /** The samples that took part. */
  readonly corpus: Omit<Results["corpus"], "skipped" | "warnings">;
  /** How the samples were split. */
  readonly folds: readonly unknown[];
  /** How models that were fitted in the same way did on samples that they had not seen. */
  readonly rows: readonly (Omit<RowName, "recipe" | "features"> & Pick<ResultRow, "test">)[];
}

/** The card of a fitted model. The same model always gives the same card: it holds no time. */
export function makeCard(parts: CardParts): ModelCard {
  const { source, fitted, results, calibration, minConfidence } = parts;
  const { networks, ear, dtype, rounding } = parts;
  const { config, corpus } = results;
  const labels = corpus.classes.map(({ label }) => label);
  const { modalities, rule } = fitted;
  const audio = modalities.get("audio");
  const video = modalities.get("video");
  const { samples, clips, takes, speakers, classes, sha256, synthetic } = corpus;
  const texts = cardTexts(source, synthetic);
  const { name, licence } = texts;
  const about: CorpusCard = withOldNames(
    { name, synthetic, samples, clips, takes, speakers, classes, sha256, licence },
    source.oldNames,
  );
  const people = countOf(speakers.length, source.words.speaker);
  return {
    schema: CARD_SCHEMA,
    name: `${nameSenses([...modalities.keys()])}, ${labels.length} emotions, trained on ${name}`,
    emofuse: VERSION,
    labels,
    windowSeconds: config.seconds,
    ...(audio
      ? {
        audio: {
          features: audio.features,
          featureSize: audio.matrix.cols,
          sampleRate: ear ? config.ear!.sampleRate : config.sampleRate,
          mfcc: config.mfcc,
          model: audio.classifier.name,
          ...(ear && { ear: ear.card }),
        },
      }
      : {}),
    ...(video && !networks
      ? {
        landmarks: {
          features: video.features,
          featureSize: video.matrix.cols,
          model: video.classifier.name,
          fps: config.fps,
        },
      }
      : {}),
    ...(video && networks
      ? {
        video: {
          features: video.features,
          featureSize: video.matrix.cols,
          model: video.classifier.name,
          backbone: networks.backbone,
          detector: networks.detector,
          mesh: networks.mesh,
          crop: config.crop,
          ...PICTURE_SIZES[config.crop],
          stretch: 1,
          fps: config.fps,
          frameStep: config.frameStep,
          frameFill: config.frameFill,
          kernels: config.kernels,
        },
      }
      : {}),
    ...(rule ? { fusion: { rule: rule.name, settings: rule.settings() } } : {}),
    dtype,
    rounding,
    normalisation:
      "the training set's mean and deviation: of a new person there are no samples to normalise by",
    corpus: about,
    protocol: {
      name: config.protocol,
      folds: results.folds.length,
      normalisation: "train",
      chance: results.chance,
      rows: protocolRows(fitted, results),
    },
    calibration,
    ...(minConfidence === undefined ? {} : { minConfidence }),
    intendedUse: INTENDED_USE,
    limits: limitsOf(texts.limits(people, samples), config),
    licence: {
      code: LICENCE,
      weights: weightTerms(texts, [
        ...networks ? distinct(networks) : [],
        ...ear ? [ear.card] : [],
      ]),
    },
    seed: config.seed,
  };
}

/** The networks of a bundle, each once: the mesh may be the backbone. */
function distinct({ backbone, detector, mesh }: NonNullable<CardParts["networks"]>): NetworkCard[] {
  return mesh.name === backbone.name ? [backbone, detector] : [backbone, detector, mesh];
}

/** The rows of the results that stand for the model itself: each modality, and both by its rule. */
function protocolRows(fitted: CardParts["fitted"], { rows }: JudgedResults): ProtocolRow[] {
  return rows.filter((row) => isOwnRow(fitted, row)).map(({ modality, model, fusion, test }) => {
    const { n, accuracy, ci95, uar, uarCi95 } = test;
    return { modality, model, fusion, n, accuracy, ci95, uar, uarCi95 };
  });
}
