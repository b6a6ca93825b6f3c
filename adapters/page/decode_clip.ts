import { channelWeights, speakersOfLayout } from "../../src/media/sound/channel_weights.ts";
import { nativeRate } from "../../src/media/sound/native_rate.ts";
import { isWav, parseWav, WavError } from "../../src/media/sound/parse_wav.ts";
import { readWholeWav } from "../../src/media/sound/read_wav.ts";
import type { ClipInput } from "../../src/recognize/clip_input.ts";
import { FrameGrabber, type PictureSize } from "./devices/frame_grabber.ts";
import { PageError } from "./page_error.ts";

/** What {@linkcode decodeClip} takes from a file. */
export interface DecodeClipOptions {
  /** The pictures, and how many there are a second; nothing where the model does not look. */
  readonly picture?: PictureSize & { readonly fps: number };
  /** Whether the model listens. */
  readonly sound: boolean;
  /** A longer clip is refused, in seconds. */
  readonly maxSeconds: number;
  /** Is told how much of the pictures has been read, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** Rate that the sound is decoded to where its file does not tell its own, in Hz: that of most video. */
const SAMPLE_RATE = 48000;
/** A browser that says nothing for so long while it opens a clip or looks for a picture, in ms, never will. */
const PATIENCE = 15000;

/**
 * Decodes a clip with what the browser has: WebAudio for the sound, a video element and a canvas for the
 * pictures.
 *
 * @throws {PageError} If the browser can decode nothing of it that the model uses, or it is too long.
 */
export async function decodeClip(
  file: File,
  options: DecodeClipOptions,
): Promise<ClipInput & { readonly seconds: number }> {
  const { picture, sound } = options;
  const voice = sound ? await decodeSound(file) : undefined;
  checkLength(voice?.seconds ?? 0, options);
  const frames = picture ? await decodePicture(file, picture, voice?.seconds, options) : undefined;
  if (!voice && !frames) {
    const wanted = picture ? sound ? "neither picture nor sound" : "no picture" : "no sound";
    throw new PageError(
      `This browser finds ${wanted} that it can decode in “${file.name}”. Common formats are MP4 ` +
        "(H.264, AAC), WebM, WAV and MP3.",
    );
  }
  return {
    ...(voice && {
      samples: voice.samples,
      sampleRate: voice.sampleRate,
      warnings: voice.warnings,
    }),
    ...(frames && { frames }),
    seconds: Math.max(voice?.seconds ?? 0, frames ? frames.n / frames.fps : 0),
  };
}

function checkLength(seconds: number, { maxSeconds }: DecodeClipOptions): void {
  if (seconds > maxSeconds) {
    throw new PageError(
      `The clip is ${Math.round(seconds)} s long; this page takes up to ${maxSeconds} s.`,
    );
  }
}

/** Mono sound at the rate of its file. */
interface PageSound {
  readonly samples: Float32Array;
  readonly sampleRate: number;
  readonly seconds: number;
  readonly warnings: readonly string[];
}

async function decodeSound(file: File): Promise<PageSound | undefined> {
  const buffer = await file.arrayBuffer();
  const bytes = new Uint8Array(buffer);
  const wav = isWav(bytes) ? readWavFile(file, bytes) : undefined;
  if (wav) return wav;
  // At the file's own rate the browser need not resample: the recogniser does it as in training.
  const context = new OfflineAudioContext(1, 1, nativeRate(bytes) ?? SAMPLE_RATE);
  const decoded = await context.decodeAudioData(buffer).catch(() => undefined);
  if (!decoded || decoded.length === 0) return undefined;
  const channels = decoded.numberOfChannels;
  const weights = channelWeights(channels, channels === 6 ? speakersOfLayout("5.1") : undefined);
  const samples = new Float32Array(decoded.length);
  for (let c = 0; c < channels; c++) {
    const channel = decoded.getChannelData(c);
    for (let i = 0; i < samples.length; i++) samples[i] += weights[c] * channel[i];
  }
  const { sampleRate, duration } = decoded;
  return { samples, sampleRate, seconds: duration, warnings: [] };
}

/** A .wav as Emofuse's decoders read it; undefined where it is compressed. */
function readWavFile(file: File, bytes: Uint8Array): PageSound | undefined {
  try {
    const header = parseWav(bytes);
    if (!header.format) return undefined;
    const samples = readWholeWav(bytes, header);
    if (samples.length === 0) throw new WavError("it has no samples");
    const { sampleRate, warning } = header;
    return {
      samples,
      sampleRate,
      seconds: samples.length / sampleRate,
      warnings: warning === undefined ? [] : [warning],
    };
  } catch (error) {
    if (!(error instanceof WavError)) throw error;
    throw new PageError(`“${file.name}” is truncated or damaged: ${error.message}.`);
  }
}

async function decodePicture(
  file: File,
  { fps, ...size }: PictureSize & { readonly fps: number },
  soundSeconds: number | undefined,
  options: DecodeClipOptions,
) {
  const video = document.createElement("video");
  video.muted = true;
  video.preload = "auto";
  video.src = URL.createObjectURL(file);
  try {
    // Sound alone, or nothing that this browser knows.
    if (!await happens(video, "loadeddata") || video.videoWidth === 0) return undefined;
    // Recordings of a browser do not say how long they are.
    const seconds = Number.isFinite(video.duration) ? video.duration : soundSeconds;
    if (seconds === undefined) {
      throw new PageError(`“${file.name}” does not say how long it is and has no sound.`);
    }
    checkLength(seconds, options);
    const grabber = new FrameGrabber(video, size);
    const n = Math.max(1, Math.floor(seconds * fps + 1e-6));
    const pictures = [];
    for (let i = 0; i < n; i++) {
      // The middle of the picture's time: its edges are other pictures' edges as well.
      video.currentTime = Math.min((i + 0.5) / fps, seconds);
      if (!await happens(video, "seeked")) {
        if (pictures.length === 0) return undefined;
        throw new PageError(`“${file.name}” cannot be read beyond ${(i / fps).toFixed(1)} s.`);
      }
      pictures.push(grabber.grab());
      options.onProgress((i + 1) / n);
    }
    return FrameGrabber.join(pictures, fps);
  } finally {
    URL.revokeObjectURL(video.src);
    video.removeAttribute("src");
    video.load();
  }
}

/** Whether an event comes, instead of an error or nothing. */
function happens(video: HTMLVideoElement, event: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const yes = () => resolve(true);
  const no = () => resolve(false);
  video.addEventListener(event, yes, { once: true });
  video.addEventListener("error", no, { once: true });
  const timer = setTimeout(no, PATIENCE);
  return promise.finally(() => {
    clearTimeout(timer);
    video.removeEventListener(event, yes);
    video.removeEventListener("error", no);
  });
}
