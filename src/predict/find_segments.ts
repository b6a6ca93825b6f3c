import { readBytes } from "../runtime/files/read_bytes.ts";
import { SileroVad, VAD_RATE } from "../../models/silero/silero_vad.ts";
import type { Dsp } from "../audio/dsp.ts";
import { loadDsp } from "../audio/load_dsp.ts";
import type { Decoder } from "../media/decoder.ts";
import type { ModelCard } from "../recognize/bundle/model_card.ts";
import { coverWithWindows } from "../recognize/windows.ts";
import { SPEECH_RATE, SpeechProbabilities } from "../segment/speech_probabilities.ts";
import { type Segment, speechSegments } from "../segment/speech_segments.ts";
import type { ReadingPlan } from "./plan_reading.ts";

/** What speech is found with. */
export interface SpeechFinder {
  /** The DSP core. */
  readonly dsp: Dsp;
  /** The network that tells speech. */
  readonly network: SileroVad;
}

/** Where a recording is to be looked at. */
export interface FoundSegments {
  /** The segments, in the order of time. */
  readonly segments: readonly Segment[];
  /** Whether somebody speaks in them; else they are windows of a film without speech, which may show no face. */
  readonly spoken: boolean;
}

/** A segment is at most so many windows of the model long: their mean says less the longer it is. */
const MOST_WINDOWS = 2;

/** Loads what finds speech: the network lies in `models/silero/`. */
export async function loadSpeechFinder(): Promise<SpeechFinder> {
  const file = new URL("../../models/silero/silero_vad_16k.safetensors", import.meta.url);
  return { dsp: await loadDsp(), network: new SileroVad(await readBytes(file)) };
}

/**
 * Finds the segments of a recording in which somebody speaks, none longer than two windows of the model. Where nobody
 * does and there is a picture that the model looks at, they are the model's windows one after the other. The sound is
 * listened to while it is decoded and is not kept.
 *
 * @param onProgress Told how many of how many seconds are decoded.
 *
 * @throws {MediaError} If the file cannot be decoded.
 */
export async function findSegments(
  decoder: Decoder,
  { dsp, network }: SpeechFinder,
  { path, info, picture, seconds, most }: ReadingPlan,
  { windowSeconds }: ModelCard,
  onProgress?: (done: number, total: number) => void,
): Promise<FoundSegments> {
  const speech = new SpeechProbabilities(dsp, network);
  if (info.hasSound && !info.silent) {
    await decoder.decode(path, {
      picture: false,
      sampleRate: VAD_RATE,
      seconds: most,
      onSamples: (samples) => speech.push(samples),
      onProgress: onProgress && ((done) => onProgress(Math.min(done, seconds), seconds)),
    });
  }
  const longest = MOST_WINDOWS * windowSeconds;
  const segments = speechSegments(speech.end(), SPEECH_RATE, { longest });
  if (segments.length > 0 || !picture) return { segments, spoken: true };
  return { segments: coverWithWindows(seconds, windowSeconds), spoken: false };
}
