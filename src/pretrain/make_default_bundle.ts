import { SPEECH } from "../features/speech.ts";
import { Matrix } from "../numeric/matrix.ts";
import { describeSamples } from "../pipeline/run/describe_run.ts";
import type { PreparedRun } from "../pipeline/run/prepare_run.ts";
import { type Bundle, encodeBundle } from "../recognize/bundle/bundle.ts";
import type { BundleDtype, ModelCard, RoundingCard } from "../recognize/bundle/model_card.ts";
import { makeCard } from "../train/make_card.ts";
import { measureOnFeatures } from "../train/measure_rounding.ts";
import { readEarPart } from "../train/network_parts.ts";
import type { HeldOut } from "./hold_out.ts";
import { VOICE_HEAD } from "./voice_head.ts";
import type { VoiceModel } from "./voice_model.ts";

/** How what was fitted is stored; the ear stays in whole numbers, as it came. */
const DTYPE: BundleDtype = "float16";

/** What the model is called. */
const NAME = "Emofuse's default: the voice, by CREMA-D";

/** Before it is measured. */
const UNKNOWN: RoundingCard = { samples: 0, changed: 0, maxDifference: 0, through: "features" };

/** What the bundle is made of. */
export interface DefaultParts {
  /** The samples that it was fitted to. */
  readonly run: PreparedRun;
  /** What tells emotions by the voice, fitted to all of them. */
  readonly voice: VoiceModel;
  /** How well a model does that was fitted to a part of the speakers, on the others. */
  readonly heldOut: Pick<HeldOut, "metrics" | "surestHalf" | "temperature" | "eceBefore">;
}

/** The bundle that comes with Emofuse, and its card. */
export async function makeDefaultBundle(
  { run, voice, heldOut }: DefaultParts,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; card: ModelCard }> {
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
  const parts: Bundle["parts"] = {
    "audio-scaler": voice.scalerState(),
    "audio-classifier": classifier.state(),
    "audio-ear": ear.part,
  };
  const cardOf = (rounding: RoundingCard): ModelCard => ({
    ...makeCard({
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
      calibration: [{
        modality: "audio",
        temperature: heldOut.temperature,
        n: heldOut.metrics.n,
        eceBefore: heldOut.eceBefore,
        eceAfter: heldOut.metrics.ece,
        surestHalf: heldOut.surestHalf,
      }],
      ear,
      dtype: DTYPE,
      rounding,
    }),
    name: NAME,
  });
  const draft = await encodeBundle({ card: cardOf(UNKNOWN), parts });
  const card = cardOf(await measureOnFeatures(fitted, draft));
  return { bytes: await encodeBundle({ card, parts }), card };
}
