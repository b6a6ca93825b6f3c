import { join } from "node:path";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import type { Clip } from "../../src/corpus/clip.ts";
import { scanCorpus } from "../../src/corpus/scan.ts";
import { createDecoder } from "../../src/media/create_decoder.ts";
import { Random } from "../../src/numeric/random.ts";
import { loadSpeechFinder, type SpeechFinder } from "../../src/predict/find_segments.ts";
import { InputError } from "../../src/recognize/input_error.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import type { Recognizer } from "../../src/recognize/recognizer.ts";
import { VAD_RATE } from "../../models/silero/silero_vad.ts";
import { SPEECH_RATE, SpeechProbabilities } from "../../src/segment/speech_probabilities.ts";
import { type Segment, speechSegments } from "../../src/segment/speech_segments.ts";
import { BenchError } from "../contender.ts";
import { DSP_RATE, DSP_SEGMENTS, dspSpeech } from "./dsp_speech.ts";
import { type MadeRecording, makeRecording, withNoise } from "./recording.ts";
import { mostOf } from "./most_of.ts";
import { boundaryScore, frameScore, type Score } from "./score.ts";

/** How {@linkcode benchSegments} measures. */
export interface SegmentsBenchOptions {
  /** Folder with `ravdess/speech`, `crema-d` and `emo-db`. */
  readonly corpora: string;
  /** Clips of each corpus. Default: 20. */
  readonly clips?: number;
  /** Signal to noise ratios in dB. Default: no noise, 20, 10, 5 and 0. */
  readonly snrs?: readonly number[];
  /** A bundle that predicts segments and the clips themselves. Default: none is predicted. */
  readonly model?: string;
}

/** One way to find speech, at one level of noise. */
export interface SegmentsBenchRow {
  /** What finds it. */
  readonly finder: "silero" | "dsp";
  /** Signal to noise ratio in dB. */
  readonly snr: number;
  /** Segments that were found, and clips that are there. */
  readonly found: number;
  readonly clips: number;
  /** Frame by frame. */
  readonly frames: Score;
  /** Starts and ends, to within half a second. */
  readonly boundaries: Score;
  /** Seconds of computing a minute of sound. */
  readonly cost: number;
  /** Unweighted average recall of the model on segments; undefined without one. */
  readonly uar?: number;
}

/** What was found. */
export interface SegmentsBench {
  /** Length of the recording, in seconds. */
  readonly seconds: number;
  /** The rows. */
  readonly rows: readonly SegmentsBenchRow[];
  /** Unweighted average recall of the model on the clips themselves, without noise; undefined without one. */
  readonly clipUar?: number;
}

/** How far a boundary may be off, in seconds. */
const TOLERANCE = 0.5;

/** RAVDESS's speakers by whose clips parameters were chosen; they are not measured on. */
const CHOSEN_ON = 9;

/**
 * Puts real clips of three corpora into one recording with pauses, music and noises between, finds speech in it at
 * several levels of noise, by Silero VAD and by the DSP core's own features, and compares that with the truth.
 *
 * @throws {BenchError} If a corpus has too few clips.
 */
export async function benchSegments(
  { corpora, clips: count = 20, snrs = [Infinity, 20, 10, 5, 0], model }: SegmentsBenchOptions,
): Promise<SegmentsBench> {
  const dsp = await loadDsp();
  const finder = await loadSpeechFinder();
  const recognizer = model === undefined
    ? undefined
    : await loadRecognizer(await Deno.readFile(model));
  const decoder = await createDecoder("wasm");
  try {
    const clips = await chosenClips(corpora, count, recognizer);
    const recording = await makeRecording(dsp, decoder, clips, { seed: 7 });
    const rows = snrs.flatMap((snr) => measure(finder, recording, snr, recognizer));
    const clipUar = recognizer &&
      uarOf(recording, recording.clips.map(({ samples }) => samples), recognizer);
    return { seconds: recording.samples.length / VAD_RATE, rows, clipUar };
  } finally {
    await decoder.close();
    recognizer?.dispose();
  }
}

/** Clips of chance of each corpus, of labels that the model knows. */
async function chosenClips(
  corpora: string,
  count: number,
  recognizer: Recognizer | undefined,
): Promise<Clip[]> {
  const chosen: Clip[] = [];
  for (const name of ["ravdess/speech", "crema-d", "emo-db"]) {
    const { clips, corpus } = await scanCorpus(join(corpora, name));
    const fit = clips.filter(({ label, speaker }) =>
      (corpus.name !== "ravdess" || Number(speaker) > CHOSEN_ON) &&
      (recognizer?.card.labels.includes(label) ?? true)
    );
    if (fit.length < count) throw new BenchError(`${name} has ${fit.length} clips, of ${count}`);
    const order = new Random(3).derive(name).permutation(fit.length);
    chosen.push(...Array.from(order.subarray(0, count), (i) => fit[i]));
  }
  return chosen;
}

function measure(
  { dsp, network }: SpeechFinder,
  recording: MadeRecording,
  snr: number,
  recognizer: Recognizer | undefined,
): SegmentsBenchRow[] {
  const samples = withNoise(recording, snr, 11);
  const seconds = samples.length / VAD_RATE;
  const truth = recording.clips.map(({ speech }) => speech);
  const finders = {
    silero: () => {
      const speech = new SpeechProbabilities(dsp, network);
      speech.push(samples);
      return speechSegments(speech.end(), SPEECH_RATE);
    },
    dsp: () => speechSegments(dspSpeech(dsp, samples), DSP_RATE, DSP_SEGMENTS),
  };
  return (["silero", "dsp"] as const).map((finder) => {
    const begun = performance.now();
    const found = finders[finder]();
    const cost = (performance.now() - begun) / 1000 / (seconds / 60);
    return {
      finder,
      snr,
      found: found.length,
      clips: truth.length,
      cost,
      frames: frameScore(found, truth, seconds),
      boundaries: boundaryScore(found, truth, TOLERANCE),
      uar: recognizer && uarOf(recording, soundsOf(recording, found, samples), recognizer),
    };
  });
}

/** The sound of the segment that covers most of each clip; undefined where none covers any of it. */
function soundsOf(
  { clips }: MadeRecording,
  found: readonly Segment[],
  samples: Float32Array,
): (Float32Array | undefined)[] {
  return clips.map(({ speech }) => {
    const most = mostOf(found, speech);
    if (!most) return undefined;
    const { start, end } = most;
    return samples.slice(Math.round(start * VAD_RATE), Math.round(end * VAD_RATE));
  });
}

/** Unweighted average recall of sounds that stand for the clips; what is missing or says nothing is wrong. */
function uarOf(
  { clips }: MadeRecording,
  sounds: readonly (Float32Array | undefined)[],
  recognizer: Recognizer,
): number {
  const labels = [...new Set(clips.map(({ clip }) => clip.label))];
  const said = sounds.map((samples) => {
    if (!samples) return -1;
    try {
      return labels.indexOf(recognizer.predict({ samples, sampleRate: VAD_RATE }).label);
    } catch (error) {
      if (error instanceof InputError) return -1;
      throw error;
    }
  });
  const recalls = labels.map((label, index) => {
    const own = said.filter((_, i) => clips[i].clip.label === label);
    return own.filter((other) => other === index).length / own.length;
  });
  return recalls.reduce((sum, recall) => sum + recall, 0) / labels.length;
}
