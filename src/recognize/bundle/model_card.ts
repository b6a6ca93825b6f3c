import type { Seen } from "../../modality.ts";

/** Name and version of the card's layout. */
export const CARD_SCHEMA = "emofuse.model-card/1";

/** How weights are stored in a bundle. */
export type BundleDtype = "float32" | "float16" | "int8";

/** The names of {@linkcode BundleDtype}. */
export const BUNDLE_DTYPES: readonly BundleDtype[] = ["float32", "float16", "int8"];

/** What the parts of a card have in common that stand for a voice and for a face. */
export interface PartCard {
  /**
   * The labels that the model of this modality was fitted to, in the order of its classes: some of the card's, at
   * least two. Of the others it says nothing: they are judged by the other modality alone.
   *
   * @default {all of the card's, in their order}
   */
  readonly labels?: readonly string[];
}

/** What the model does with a voice. */
export interface AudioCard extends PartCard {
  /** Name of its feature set. */
  readonly features: string;
  /** Numbers a clip. */
  readonly featureSize: number;
  /** Samples a second that the features are computed from; other rates are brought to it. */
  readonly sampleRate: number;
  /** Definition of the MFCCs. */
  readonly mfcc: "librosa" | "textbook";
  /** Name of the classifier. */
  readonly model: string;
  /** The network that hears, where features are computed from what it makes of the sound. */
  readonly ear?: NetworkCard;
}

/** A network inside a bundle, and the terms it comes under. */
export interface NetworkCard {
  /** Name of the network, as the registries of backbones and ears or the detector have it. */
  readonly name: string;
  /** SHA-256 of the weights as they were when the model was trained. */
  readonly weightsSha256: string;
  /** What the weights may be used for. */
  readonly licence: string;
  /** Where they come from. */
  readonly source: string;
}

/** The network that describes frames. */
export interface BackboneCard extends NetworkCard {
  /** Numbers a frame; where features are of embeddings and landmarks, the face mesh's 137 come after its own. */
  readonly featureSize: number;
  /** Numbers a place of the picture. */
  readonly channels: number;
}

/** What the model does with a face. */
export interface VideoCard extends PartCard {
  /** Name of its feature set. */
  readonly features: string;
  /** Numbers a clip. */
  readonly featureSize: number;
  /** Name of the classifier. */
  readonly model: string;
  /** The network that describes frames. */
  readonly backbone: BackboneCard;
  /** The network that finds faces. */
  readonly detector: NetworkCard;
  /** The network that tells whether a face is upright; bundles of older versions have none. */
  readonly mesh?: NetworkCard;
  /** Whether the backbone sees the whole picture, stretched to `width` x `height`, or the face. */
  readonly crop: "none" | "face";
  /** Width of the pictures that the model was trained on, in pixels. */
  readonly width: number;
  /** Height of the pictures that the model was trained on, in pixels. */
  readonly height: number;
  /**
   * How much wider than they were recorded the pictures were made that the model was trained on: 1 for
   * those of 16 to 9. Frames should come to it likewise.
   */
  readonly stretch: number;
  /** Frames a second that the model was trained on; faster pictures are thinned to it. */
  readonly fps: number;
  /**
   * When faces are looked for, in clips: three times a second, or of these looks those at which the picture has
   * changed since the one before. Streams look three times a second.
   *
   * @default {"always"}
   */
  readonly detection?: "always" | "changed";
  /** Step from one embedded frame to the next, in frames, from 1 on: 1 embeds all of them. */
  readonly frameStep: number;
  /** What the frames between two embedded ones get. */
  readonly frameFill: "repeat" | "interpolate";
  /** What computes convolutions. */
  readonly kernels: "winograd" | "stock";
}

/** What the model does with the landmarks of a face that somebody else found. */
export interface LandmarkCard extends PartCard {
  /** Name of its feature set. */
  readonly features: string;
  /** Numbers a clip. */
  readonly featureSize: number;
  /** Name of the classifier. */
  readonly model: string;
  /** Frames a second that tracks are brought to, where features are a sequence of frames. */
  readonly fps: number;
}

/** How the modalities' probabilities are combined. */
export interface FusionCard {
  /** Name of the decision-fusion rule. */
  readonly rule: string;
  /** What the rule has learned. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What the rounding of the weights costs, measured on the training corpus. */
export interface RoundingCard {
  /** Samples predicted with and without rounding. */
  readonly samples: number;
  /** How many of them got another label. */
  readonly changed: number;
  /** The largest change of a probability. */
  readonly maxDifference: number;
  /**
   * What was predicted from: stored features of all samples, or a few clips, where rounding touches the
   * networks that look at frames.
   */
  readonly through: "features" | "clips";
}

/** How sure one combination of modalities is, measured on what the protocol's models had not seen. */
export interface CalibrationCard {
  /** The modality, or `fused`. */
  readonly modality: Seen;
  /** Its probabilities are taken to the power of 1 / temperature, and made to sum to 1. */
  readonly temperature: number;
  /** Number of predictions that it was fitted to: those of the protocol's test sets. */
  readonly n: number;
  /** Expected calibration error without it, 15 bins. */
  readonly eceBefore: number;
  /**
   * Expected calibration error with it. In each fold the temperature is that of the other folds, so that it is
   * measured on others than it was fitted to; null where there is one fold.
   */
  readonly eceAfter: number | null;
  /** Accuracy of the half that it is surest of. */
  readonly surestHalf: number;
}

/** What the model was fitted on. Where the corpus has old names for fields, they stand beside these. */
export interface CorpusCard {
  /** What it is called. */
  readonly name: string;
  /** Whether it is the demo's synthetic corpus: such a model knows nothing of people. */
  readonly synthetic: boolean;
  /** Number of samples that the model was fitted to. */
  readonly samples: number;
  /** Number of their files. */
  readonly clips: number;
  /** Distinct takes. */
  readonly takes: number;
  /** Distinct speakers. */
  readonly speakers: readonly string[];
  /** Samples of each class. */
  readonly classes: readonly { readonly label: string; readonly samples: number }[];
  /** SHA-256 over names and contents of the clips. */
  readonly sha256: string;
  /** Terms under which the corpus comes, as far as they are known. */
  readonly licence: string;
}

/** One row of the protocol's results: how well models fitted in the same way did on unseen clips. */
export interface ProtocolRow {
  /** The modality the models saw, or `fused`. */
  readonly modality: Seen;
  /** Name of the classifier. */
  readonly model: string;
  /** How modalities were combined. */
  readonly fusion: string;
  /** Number of test predictions. */
  readonly n: number;
  /** Share of them that is right. */
  readonly accuracy: number;
  /** Its 95 % interval (Wilson's), which takes samples as independent. */
  readonly ci95: readonly [number, number];
  /** Unweighted average recall. */
  readonly uar: number;
  /** Its 95 % interval, by a bootstrap over speakers or takes; null where there is none. */
  readonly uarCi95: readonly [number, number] | null;
}

/** How well models that were fitted in the same way did on clips that they had not seen. */
export interface ProtocolCard {
  /** The protocol's name. */
  readonly name: string;
  /** Number of folds. */
  readonly folds: number;
  /** What features were normalised by: the training set, as in the bundle. */
  readonly normalisation: "train";
  /** Accuracy of guessing. */
  readonly chance: number;
  /** The rows of the model itself: each modality, and the fusion. */
  readonly rows: readonly ProtocolRow[];
}

/** Terms of what a bundle holds. */
export interface LicenceCard {
  /** Of the code that made it and runs it. */
  readonly code: string;
  /** Of the fitted weights: what they inherit from the corpus. */
  readonly weights: string;
}

/** What a bundle says of itself. */
export interface ModelCard {
  /** Name and version of this layout. */
  readonly schema: typeof CARD_SCHEMA;
  /** What the model is, in a few words. */
  readonly name: string;
  /** Version of Emofuse that made it. */
  readonly emofuse: string;
  /** The labels, in the order of all probabilities. */
  readonly labels: readonly string[];
  /** Length of a window, in seconds. */
  readonly windowSeconds: number;
  /** The voice's part, where the model listens. */
  readonly audio?: AudioCard;
  /** The face's part, where the model looks. */
  readonly video?: VideoCard;
  /** The face's part, where the model goes by landmark files: it looks at no picture, and `video` is not there. */
  readonly landmarks?: LandmarkCard;
  /** How the two are combined, where there are two. */
  readonly fusion?: FusionCard;
  /** How weights are stored. */
  readonly dtype: BundleDtype;
  /** What that costs. */
  readonly rounding: RoundingCard;
  /** What the features are normalised by, in words. */
  readonly normalisation: string;
  /** What the model was fitted on. */
  readonly corpus: CorpusCard;
  /** How well it does on clips it has not seen. */
  readonly protocol: ProtocolCard;
  /** How sure each combination of modalities is; bundles of older versions state nothing, and nothing is scaled. */
  readonly calibration?: readonly CalibrationCard[];
  /**
   * The least confidence below which the label is `uncertain`, where its user asks for none.
   *
   * @default {0}
   */
  readonly minConfidence?: number;
  /** What the model is for. */
  readonly intendedUse: string;
  /** What it cannot do and must not be used for. */
  readonly limits: readonly string[];
  /** Terms. */
  readonly licence: LicenceCard;
  /** Seed of every random choice of the fit. */
  readonly seed: number;
}
