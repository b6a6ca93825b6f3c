import { WeightsError } from "../../models/weights_error.ts";
import { Dsp } from "../audio/dsp.ts";
import { DspLoadError } from "../audio/errors.ts";
import { classicalFromState, isClassical } from "../classify/classical_registry.ts";
import { ModelStateError } from "../classify/model_state.ts";
import { decisionRuleFromSettings } from "../fusion/decision_rules.ts";
import type { Modality } from "../modality.ts";
import { SafetensorsError } from "../numeric/safetensors.ts";
import { type Bundle, decodeBundle } from "./bundle/bundle.ts";
import { BundleError } from "./bundle/bundle_error.ts";
import { cardPart } from "./bundle/card_part.ts";
import { BundleRecognizer } from "./bundle_recognizer.ts";
import type { Senses } from "./judge.ts";
import { knownLabels } from "./known_labels.ts";
import { Listener } from "./listener.ts";
import { loadDspModule } from "./load_dsp_module.ts";
import { ModalityModel } from "./modality_model.ts";
import { disposeEyes, type LoadNetworks, type Networks } from "./networks.ts";
import type { Recognizer, RecognizerOptions } from "./recognizer.ts";
import { temperaturesOf } from "./sure/calibrate.ts";
import { Tracker } from "./tracker.ts";
import { Watcher } from "./watcher.ts";

/**
 * The recogniser of a bundle. `networks` builds what needs tfjs; without it the recogniser takes
 * embeddings in the place of frames.
 *
 * @throws {BundleError} If the bundle is damaged or of a newer version, does not fit what its card
 * says, has a network for an ear or a classifier while there is no `networks`, or the DSP core does not load.
 * @throws {BackendError} If tfjs is needed and does not start.
 */
export async function createRecognizer(
  bytes: Uint8Array,
  options: RecognizerOptions,
  networks?: () => Promise<LoadNetworks>,
): Promise<Recognizer> {
  const bundle = await decodeBundle(bytes);
  const { card } = bundle;
  const network = card.audio?.ear
    ? "ear"
    : [card.audio, cardPart(card, "video")].some((part) => part && !isClassical(part.model))
    ? "classifier"
    : undefined;
  if (network && !networks) {
    throw new BundleError(
      `this bundle's ${network} is a network, which loadClassicalRecognizer leaves out: use ` +
        "loadRecognizer",
    );
  }
  let built: Networks = { restore: classicalFromState };
  try {
    if (networks && (network || card.video)) built = await (await networks())(bundle, options);
    const dsp = card.audio && new Dsp(await loadDspModule(options.dsp));
    return new BundleRecognizer(bundle, makeSenses(bundle, built, dsp), options.minConfidence);
  } catch (error) {
    if (built.eyes) disposeEyes(built.eyes);
    built.ear?.dispose();
    built.head?.dispose();
    if (!UNFIT.some((type) => error instanceof type)) throw error;
    const { message } = error as Error;
    throw new BundleError(`this bundle cannot be run: ${message}`, { cause: error });
  }
}

/** What is thrown where a model, its weights or the DSP core are not what the card says. */
const UNFIT = [DspLoadError, ModelStateError, RangeError, SafetensorsError, WeightsError];

function makeSenses({ card, parts }: Bundle, networks: Networks, dsp: Dsp | undefined): Senses {
  const { audio, video, landmarks, fusion, windowSeconds, labels } = card;
  const knows = knownLabels(card);
  const model = (modality: Modality, featureSize: number) =>
    ModalityModel.from({
      scaler: parts[`${modality}-scaler`],
      classifier: parts[`${modality}-classifier`],
      featureSize,
      nClasses: knows[modality]!.length,
      restore: networks.restore,
    });
  return {
    labels,
    knows,
    listener: audio &&
      new Listener(
        { dsp: dsp!, ear: networks.ear, model: model("audio", audio.featureSize) },
        audio,
        windowSeconds,
      ),
    watcher: video && new Watcher(
      video,
      model("video", video.featureSize),
      windowSeconds,
      networks.eyes,
      networks.head,
    ),
    tracker: landmarks &&
      new Tracker(landmarks, model("video", landmarks.featureSize), windowSeconds),
    rule: fusion && decisionRuleFromSettings(fusion.rule, fusion.settings),
    temperatures: temperaturesOf(card),
  };
}
