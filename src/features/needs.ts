import type { Ear, EarInfo } from "../../models/ear.ts";
import type { Dsp } from "../audio/dsp.ts";
import type { LandmarkTrack } from "../vision/landmarks/landmark_track.ts";
import type { FrameHead } from "./frame_head.ts";

/** How a model listens. */
export interface SoundSettings {
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
  /** Length of a window: what features of a fixed length are padded or cut to, in seconds. */
  readonly seconds: number;
  /** Definition of the MFCCs. */
  readonly mfcc: "librosa" | "textbook";
}

/** How a model listens through a trained ear: `sampleRate` is the ear's. */
export interface EarSettings extends SoundSettings {
  /** The ear. */
  readonly ear: EarInfo;
}

/** How a model looks. */
export interface PictureSettings {
  /** Frames of a window: what features of a fixed length are padded or cut to. */
  readonly frames: number;
  /** Frames a second. */
  readonly fps: number;
}

/** How a model looks through a backbone. */
export interface EmbeddingSettings extends PictureSettings {
  /** Numbers that the backbone gives for a place of the picture. */
  readonly channels: number;
}

/** How a model looks through a backbone and a head that was fitted to it. */
export interface HeadSettings extends PictureSettings {
  /** Numbers that the head gives for a frame. */
  readonly units: number;
}

/** The sound of a clip. */
export interface GivenSound {
  /** The DSP core. */
  readonly dsp: Dsp;
  /** Mono samples of the clip at its own length, at the rate of the settings. */
  readonly samples: Float32Array;
}

/** The sound of a clip at the rate of a trained ear, and the ear. */
export interface GivenSpeech extends GivenSound {
  /** What hears it. */
  readonly ear: Ear;
}

/** What a backbone says of the frames of a clip. */
export interface GivenEmbeddings {
  /** One row a frame that counts [n, featureSize], n at least 1; of a head: one row of every frame. */
  readonly rows: Float32Array;
  /** Numbers a frame. */
  readonly featureSize: number;
  /** Frames a second of the rows. */
  readonly fps: number;
}

/** Embeddings, and the head that goes on with them. */
export interface GivenHead extends GivenEmbeddings {
  /** The head, fitted to training clips alone. */
  readonly head: FrameHead;
}

/**
 * Everything that feature sets are computed from, by name: whose modality it is, the settings that decide
 * how many numbers come of it, and what a clip gives. `head` is there only where a network was fitted
 * first, which a run does anew in every fold.
 */
export interface Needs {
  /** The samples of the sound. */
  readonly sound: {
    readonly modality: "audio";
    readonly settings: SoundSettings;
    readonly given: GivenSound;
  };
  /** The samples of the sound, and a trained ear that hears them. */
  readonly speech: {
    readonly modality: "audio";
    readonly settings: EarSettings;
    readonly given: GivenSpeech;
  };
  /** The backbone's numbers of every frame. */
  readonly embeddings: {
    readonly modality: "video";
    readonly settings: EmbeddingSettings;
    readonly given: GivenEmbeddings;
  };
  /** The backbone's numbers of every frame, and the face's 68 landmarks on it. */
  readonly "embeddings+landmarks": {
    readonly modality: "video";
    readonly settings: EmbeddingSettings;
    readonly given: GivenEmbeddings & { readonly track: LandmarkTrack };
  };
  /** The face's 68 landmarks on every frame. */
  readonly landmarks: {
    readonly modality: "video";
    readonly settings: PictureSettings;
    readonly given: { readonly track: LandmarkTrack };
  };
  /** The backbone's numbers of every frame, and a head that was fitted to them. */
  readonly head: {
    readonly modality: "video";
    readonly settings: HeadSettings;
    readonly given: GivenHead;
  };
}

/** Name of something that features are computed from. */
export type Need = keyof Needs;
