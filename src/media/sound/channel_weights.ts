/** ffmpeg's names of the usual arrangements of loudspeakers, and the speakers of each in their order. */
const LAYOUTS: Readonly<Record<string, string>> = {
  "mono": "FC",
  "stereo": "FL+FR",
  "2.1": "FL+FR+LFE",
  "3.0": "FL+FR+FC",
  "3.0(back)": "FL+FR+BC",
  "4.0": "FL+FR+FC+BC",
  "quad": "FL+FR+BL+BR",
  "quad(side)": "FL+FR+SL+SR",
  "3.1": "FL+FR+FC+LFE",
  "5.0": "FL+FR+FC+BL+BR",
  "5.0(side)": "FL+FR+FC+SL+SR",
  "4.1": "FL+FR+FC+LFE+BC",
  "5.1": "FL+FR+FC+LFE+BL+BR",
  "5.1(side)": "FL+FR+FC+LFE+SL+SR",
  "6.0": "FL+FR+FC+BC+SL+SR",
  "6.0(front)": "FL+FR+FLC+FRC+SL+SR",
  "hexagonal": "FL+FR+FC+BL+BR+BC",
  "6.1": "FL+FR+FC+LFE+BC+SL+SR",
  "6.1(back)": "FL+FR+FC+LFE+BL+BR+BC",
  "6.1(front)": "FL+FR+LFE+FLC+FRC+SL+SR",
  "7.0": "FL+FR+FC+BL+BR+SL+SR",
  "7.0(front)": "FL+FR+FC+FLC+FRC+SL+SR",
  "7.1": "FL+FR+FC+LFE+BL+BR+SL+SR",
  "7.1(wide)": "FL+FR+FC+LFE+BL+BR+FLC+FRC",
  "7.1(wide-side)": "FL+FR+FC+LFE+FLC+FRC+SL+SR",
  "octagonal": "FL+FR+FC+BL+BR+BC+SL+SR",
  "downmix": "DL+DR",
};

/** The speakers of the bits of a .wav's channel mask, the lowest bit first. */
const MASK_SPEAKERS = "FL FR FC LFE BL BR FLC FRC BC SL SR TC TFL TFC TFR TBL TBC TBR".split(" ");

/**
 * How loud a speaker is in the mix before the sum is brought to 1 (ITU-R BS.775, as ffmpeg mixes 5.1
 * to mono): the front pair 3 dB below the centre, what is beside, behind or above 6 dB, subwoofers not at all.
 */
function levelOf(speaker: string): number {
  if (speaker === "FC") return 1;
  if (/^(F[LR]C?|D[LR]|W[LR])$/.test(speaker)) return Math.SQRT1_2;
  return speaker.startsWith("LFE") ? 0 : 0.5;
}

/**
 * The weights by which channels are mixed to one; their sum is 1. Where the file declares which speaker
 * each channel is for, it is the usual downmix; where it does not, as with an array of microphones, all
 * channels count equally (librosa's `to_mono`).
 *
 * @example
 * ```ts
 * import { channelWeights } from "./channel_weights.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...channelWeights(2, ["FL", "FR"])], [0.5, 0.5]);
 * assert.deepEqual([...channelWeights(4)], [0.25, 0.25, 0.25, 0.25]);
 * // The subwoofer of 5.1 is left out.
 * assert.equal(channelWeights(6, ["FL", "FR", "FC", "LFE", "BL", "BR"])[3], 0);
 * ```
 *
 * @param channels Number of channels.
 * @param speakers What each channel is for, if the file says so.
 */
export function channelWeights(channels: number, speakers?: readonly string[]): Float64Array {
  const levels = speakers?.length === channels ? speakers.map(levelOf) : [];
  const sum = levels.reduce((a, b) => a + b, 0);
  return sum > 0
    ? Float64Array.from(levels, (level) => level / sum)
    : new Float64Array(channels).fill(1 / channels);
}

/**
 * The speakers of a layout by the name that ffprobe gives it; undefined where it names none.
 *
 * @example
 * ```ts
 * import { speakersOfLayout } from "./channel_weights.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(speakersOfLayout("2.1"), ["FL", "FR", "LFE"]);
 * assert.deepEqual(speakersOfLayout("3 channels (FL+FR+LFE)"), ["FL", "FR", "LFE"]);
 * assert.equal(speakersOfLayout("6 channels"), undefined);
 * ```
 */
export function speakersOfLayout(layout: string | undefined): string[] | undefined {
  if (layout === undefined) return undefined;
  const list = LAYOUTS[layout] ?? /\(?((?:[A-Z]+\d?\+)+[A-Z]+\d?)\)?$/.exec(layout)?.[1];
  return list?.split("+");
}

/** The speakers of a .wav's channel mask (`dwChannelMask`), in the order of the channels. */
export function speakersOfMask(mask: number): string[] {
  return MASK_SPEAKERS.filter((_, bit) => (mask >>> bit) & 1);
}
