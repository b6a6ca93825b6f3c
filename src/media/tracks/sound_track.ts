import { AudioInputError } from "../../audio/errors.ts";
import { whyNoRate } from "../../audio/sound_rates.ts";
import type { ClipTools, TrackOutput } from "../clip_tools.ts";
import { judgeLength, whyMissing, whyUndecodable } from "../diagnose.ts";
import { FloatBytes } from "./float_bytes.ts";
import { MediaError } from "../media_error.ts";
import type { OpenClip } from "../open_clip.ts";
import type { ProbedSound } from "../probe.ts";
import { failed, type TrackReader } from "./read_tracks.ts";
import { channelWeights } from "../sound/channel_weights.ts";
import { readWav } from "../sound/read_wav.ts";
import { SoundIntake, type TakenSound, type TakeSamples } from "./sound_intake.ts";

/** Sound after the window's end that its last samples depend on, in seconds: more than any filter reaches. */
const MARGIN = 0.1;

/** Frames of a .wav that are read at once. */
const WAV_PART = 2 ** 18;

/** What is wanted of a clip's sound. */
export interface SoundWindow {
  /** Samples a second. */
  readonly sampleRate: number;
  /** Length from the start of the clip, in seconds: `Infinity` for all of it. */
  readonly seconds: number;
  /** Samples to keep at most. */
  readonly keep: number;
  /** Takes the samples of the first track that can be decoded, which are then not kept. */
  readonly onSamples?: TakeSamples;
}

/**
 * Prepares to read a clip's sound. Of several tracks it is the one that players choose, unless that is
 * silent and another is not; which it was is said.
 *
 * @throws {MediaError} If the samples of a .wav are no numbers; so do the outputs for other files.
 */
export async function soundReader(
  { path, decoder, dsp }: Pick<ClipTools, "path" | "decoder" | "dsp">,
  { probe, wav }: OpenClip,
  window: SoundWindow,
): Promise<TrackReader<TakenSound>> {
  const { sounds, errors: probed } = probe;
  if (sounds.length === 0) return failed(whyMissing("sound", probed));
  const usable = sounds.filter(({ decodable, sampleRate }) =>
    decodable && whyNoRate(sampleRate) === undefined
  ).slice(0, window.onSamples ? 1 : undefined);
  if (usable.length === 0) {
    const [{ decodable, sampleRate }] = sounds;
    const reason = decodable ? whyNoRate(sampleRate) : undefined;
    return failed(
      reason === undefined
        ? whyUndecodable("sound", sounds[0], probed, decoder)
        : { reason, damaged: false },
    );
  }
  const core = await dsp();
  const { sampleRate: to, keep, onSamples } = window;
  const intakes = usable.map(({ sampleRate: from, step }) =>
    new SoundIntake(core, { from, to, keep, step, onSamples })
  );
  if (wav) readWavSound(path, wav, window, intakes[0]);
  return {
    outputs: wav ? [] : usable.map((sound, i) => soundOutput(path, sound, window, intakes[i])),
    finish(errors) {
      const taken = intakes.map((intake) => intake.finish());
      const heard = taken.findIndex(({ seconds, silent }) => seconds > 0 && !silent);
      const chosen = heard >= 0
        ? heard
        : Math.max(0, taken.findIndex(({ seconds }) => seconds > 0));
      const sound = taken[chosen];
      if (sound.seconds === 0) {
        return {
          problem: whyUndecodable("sound", usable[chosen], [...errors, ...probed], decoder),
        };
      }
      const { problem, warning } = judgeLength(
        "sound",
        sound.seconds,
        window.seconds,
        { ...probe, end: usable[chosen].end },
        errors,
      );
      if (problem) return { problem };
      const warnings = [
        warning,
        sound.warning,
        wav?.header.warning,
        sounds.length > 1 ? whichTrack(sounds, usable[chosen], chosen > 0) : undefined,
      ];
      return { value: sound, warnings: warnings.filter((text) => text !== undefined) };
    },
  };
}

/** One sentence on which of several sound tracks was taken; tracks count in the order of the file. */
function whichTrack(
  sounds: readonly ProbedSound[],
  { index, isDefault }: ProbedSound,
  otherSilent: boolean,
): string {
  const number = sounds.filter((sound) => sound.index <= index).length;
  const why = otherSilent ? ", for the one before it is silent" : isDefault ? ", the default" : "";
  return `it has ${sounds.length} sound tracks: number ${number} was taken${why}`;
}

/**
 * ffmpeg's output of a sound track: mono at the file's own rate. Channels are mixed here by weights that
 * are the same for every container; `first_pts` keeps time 0 where it is if the track begins earlier or
 * later, and `aresample` only changes what changes its rate on the way.
 */
function soundOutput(
  path: string,
  { index, channels, speakers, sampleRate }: ProbedSound,
  { seconds }: SoundWindow,
  intake: SoundIntake,
): TrackOutput {
  const weights = channelWeights(channels, speakers);
  const mix = Array.from(weights, (weight, i) => `${weight}*c${i}`).join("+");
  const filters = `aformat=sample_fmts=flt,pan=mono|c0=${mix},aresample=${sampleRate}:first_pts=0`;
  const floats = new FloatBytes();
  return {
    args: [
      "-map",
      `0:${index}`,
      "-af",
      filters,
      ...(seconds === Infinity ? [] : ["-t", `${seconds + MARGIN}`]),
      "-c:a",
      "pcm_f32le",
      "-f",
      "f32le",
    ],
    bytesPerSecond: 4 * sampleRate,
    take: (bytes) => pushTo(intake, path, floats.push(bytes)),
  };
}

/** Takes in an uncompressed .wav. */
function readWavSound(
  path: string,
  { bytes, header }: NonNullable<OpenClip["wav"]>,
  { seconds }: SoundWindow,
  intake: SoundIntake,
): void {
  const end = Math.ceil((seconds + MARGIN) * header.sampleRate);
  for (let from = 0; from < end; from += WAV_PART) {
    const part = readWav(bytes, header, from, Math.min(end, from + WAV_PART));
    if (part.length === 0) break;
    pushTo(intake, path, part);
  }
}

function pushTo(intake: SoundIntake, path: string, samples: Float32Array): void {
  try {
    intake.push(samples);
  } catch (error) {
    if (!(error instanceof AudioInputError)) throw error;
    throw new MediaError(path, `its sound cannot be used: ${error.message}`, { cause: error });
  }
}
