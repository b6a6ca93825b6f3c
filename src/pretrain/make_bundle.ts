import { SPEECH } from "../features/speech.ts";
import { Matrix } from "../numeric/matrix.ts";
import { describeSamples } from "../pipeline/run/describe_run.ts";
import type { PreparedRun } from "../pipeline/run/prepare_run.ts";
import { type Bundle, encodeBundle } from "../recognize/bundle/bundle.ts";
import type {
  BundleDtype,
  CalibrationCard,
  ModelCard,
  RoundingCard,
} from "../recognize/bundle/model_card.ts";
import { cardTexts, weightTerms } from "../train/card_texts.ts";
import type { FacePart } from "../train/expression_face.ts";
import { makeCard } from "../train/make_card.ts";
import { measureOnFeatures } from "../train/measure_rounding.ts";
import { readEarPart } from "../train/network_parts.ts";
import type { Geometry } from "./fit_geometry.ts";
import type { HeldOut } from "./hold_out.ts";
import type { ModelKind } from "./model_kind.ts";
import { VOICE_HEAD } from "./voice_head.ts";
import type { VoiceModel } from "./voice_model.ts";

/** How what was fitted is stored; the ear stays in whole numbers, as it came. */
const DTYPE: BundleDtype = "float16";

/** How voice and face are combined: both are calibrated, and taken as independent of each other. */
const FUSION = { rule: "decision-product", settings: {} };

/** Before it is measured. */
const UNKNOWN: RoundingCard = { samples: 0, changed: 0, maxDifference: 0, through: "features" };

/** What the bundle is made of. */
export interface PretrainedParts {
  /** Which model it is. */
  readonly kind: ModelKind;
  /** The samples that the voice was fitted to. */
  readonly run: PreparedRun;
  /** What tells emotions by the voice, fitted to all of them and calibrated. */
  readonly voice: VoiceModel;
  /** How well a model does that was fitted to a part of the speakers, on the others. */
  readonly heldOut: Pick<HeldOut, "metrics" | "surestHalf">;
  /** What tells expressions by the face. */
  readonly face: FacePart;
  /** What was fitted to landmark files beside it, where something was. */
  readonly geometry: Geometry | undefined;
}

/**
 * A bundle of a fitted voice and a face, and its card.
 *
 * @throws {WeightsError} If the files of a network are missing or damaged.
 */
export async function makeBundle(
  { kind, run, voice, heldOut, face, geometry }: PretrainedParts,
): Promise<Bundle> {
  const { samples, classes, features, found, networks, places, config } = run;
  const { data, width } = features[SPEECH.name];
  const ear = await readEarPart(networks.ear!, places.ear!, "int8");
  const { classifier } = voice;
  const fitted = {
    modalities: new Map([["audio" as const, {
      features: SPEECH.name,
      scaler: voice.scalerState(),
      classifier,
      matrix: voice.scaled(new Matrix(samples.length, width, data)),
    }]]),
    rule: undefined,
    job: { features },
  };
  const voiceParts = {
    "audio-scaler": voice.scalerState(),
    "audio-classifier": classifier.state(),
    "audio-ear": ear.part,
  };
  const cardOf = (rounding: RoundingCard): ModelCard =>
    makeCard({
      source: found.corpus,
      fitted,
      results: {
        config,
        corpus: {
          synthetic: found.synthetic,
          ...describeSamples(samples, classes, found.corpus),
        },
        chance: 1 / classes.length,
        folds: [heldOut],
        rows: [{
          modality: "audio",
          model: VOICE_HEAD.model,
          fusion: "none",
          normalisation: "train",
          test: heldOut.metrics,
        }],
      },
      calibration: [calibrationOf(heldOut)],
      ear,
      dtype: DTYPE,
      rounding,
    });
  // The face stays as it came, so that the voice alone can be rounded.
  const heard = await encodeBundle({ card: cardOf(UNKNOWN), parts: voiceParts });
  const voiceCard = cardOf(await measureOnFeatures(fitted, heard));
  const { backbone, detector, mesh, labels: seen } = face.card;
  const seenToo = seen!.filter((label) => !classes.includes(label));
  const card: ModelCard = {
    ...voiceCard,
    name: kind.title,
    labels: [...classes, ...seenToo],
    audio: { ...voiceCard.audio!, labels: classes },
    video: face.card,
    fusion: FUSION,
    limits: [
      ...voiceCard.limits,
      `The face's network learned from ${
        geometry
          ? "pictures of public data sets and of the web, which its authors do not name"
          : "pictures of the web that search engines and a few people labelled"
      }; of whom they are, nobody wrote down, and who is recognised worse is not known.`,
      ...geometry
        ? [
          `What the face's geometry says was fitted to landmark files of ${geometry.takes} takes by ` +
          `${geometry.speakers} speakers; in pictures another network finds the points, and says less.`,
        ]
        : [],
    ],
    licence: {
      ...voiceCard.licence,
      weights: weightTerms(cardTexts(found.corpus, found.synthetic), [
        ear.card,
        backbone,
        detector,
        mesh!,
      ]),
    },
  };
  return { card, parts: { ...voiceParts, ...face.parts } };
}

/** Nothing is left to scale: the voice's coefficients are, so that the fusion gets what is calibrated. */
function calibrationOf(
  { metrics: { n, ece }, surestHalf }: PretrainedParts["heldOut"],
): CalibrationCard {
  return { modality: "audio", temperature: 1, n, eceBefore: ece, eceAfter: ece, surestHalf };
}
