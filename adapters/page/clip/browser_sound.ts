import { channelWeights, speakersOfLayout } from "../../../src/media/sound/channel_weights.ts";
import { nativeRate } from "../../../src/media/sound/native_rate.ts";
import { isWav, parseWav, WavError } from "../../../src/media/sound/parse_wav.ts";
import { readWholeWav } from "../../../src/media/sound/read_wav.ts";
import { PageError } from "../page_error.ts";

/** Rate that the sound is decoded to where its file does not tell its own, in Hz: that of most video. */
const SAMPLE_RATE = 48000;

/** Mono sound at the rate of its file. */
export interface PageSound {
  readonly samples: Float32Array;
  readonly sampleRate: number;
  readonly seconds: number;
  readonly warnings: readonly string[];
}

/**
 * Decodes the sound of a file with WebAudio; undefined where there is none that the browser knows.
 *
 * @throws {PageError} If it is a damaged .wav.
 */
export async function decodeSound(file: File): Promise<PageSound | undefined> {
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
