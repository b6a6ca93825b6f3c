import { specAugmentMask } from "../../nn/spec_augment.ts";
import type { LabelledRows } from "../../nn/row_source.ts";
import type { Random } from "../../numeric/random.ts";
import type { SequencePart } from "./sequence_part.ts";

/** How much {@linkcode augmentSequences} changes. Deviations count in those of a channel. */
export interface SequenceAugmentation {
  /**
   * Most that a sequence is shifted in time, either way, as a share of its length.
   *
   * @default {0.08}
   */
  readonly shift?: number;
  /**
   * Most that it is made faster or slower, as a share of its speed.
   *
   * @default {0.12}
   */
  readonly speed?: number;
  /**
   * Deviation of what is added to all channels of a voice: its gain, as far as levels are logarithmic.
   *
   * @default {0.2}
   */
  readonly gain?: number;
  /**
   * Deviation of what is added to every channel for the whole sequence: other people, other microphones.
   *
   * @default {0.15}
   */
  readonly offset?: number;
  /**
   * Deviation of what is added to every number.
   *
   * @default {0.1}
   */
  readonly noise?: number;
  /**
   * Whether SpecAugment hides a stripe of channels and a stretch of frames of a voice.
   *
   * @default {true}
   */
  readonly hides?: boolean;
  /**
   * Most frames of a face, as a share of the sequence, that are dropped in one stretch: the one before them stays.
   *
   * @default {0.12}
   */
  readonly dropped?: number;
  /**
   * Whether every other face is mirrored, where it is known how.
   *
   * @default {true}
   */
  readonly mirrors?: boolean;
  /**
   * Share of rows that lose a modality, for each of them; never all of them.
   *
   * @default {0.3}
   */
  readonly missing?: number;
}

/** What a sequence of `width` numbers a frame is changed with. */
type Settings = Required<SequenceAugmentation>;

const DEFAULTS: Settings = {
  shift: 0.08,
  speed: 0.12,
  gain: 0.2,
  offset: 0.15,
  noise: 0.1,
  hides: true,
  dropped: 0.12,
  mirrors: true,
  missing: 0.3,
};

/** Numbers of the noise that every row takes a stretch of: to draw each anew would take longer than to learn from it. */
const NOISE = 1 << 16;

/**
 * Rows of standardised sequences, [frames, channels of all parts] frame after frame, that are other ones each time they
 * are fetched: what training sees of a few hundred clips. All of it works on features, not on sound or picture:
 * shifted in time, faster or slower, a voice louder and with SpecAugment (D. S. Park et al., Interspeech 2019), a face
 * mirrored and with frames dropped, noise and an offset a channel; and some rows lose a modality, whose numbers are
 * then all 0, so that a network learns to do without. The same `random` and batches give the same rows.
 */
export function augmentSequences(
  source: LabelledRows,
  parts: readonly SequencePart[],
  random: Random,
  options: SequenceAugmentation = {},
): LabelledRows {
  const settings = { ...DEFAULTS, ...options };
  const width = parts.reduce((sum, { channels }) => sum + channels, 0);
  const normal = Float32Array.from({ length: NOISE }, () => random.normal());
  return {
    rows: source.rows,
    labels: source.labels,
    batch(indices) {
      const rows = source.batch(indices);
      const size = rows.length / indices.length;
      const out = new Float32Array(rows.length);
      for (let i = 0; i < indices.length; i++) {
        const row = out.subarray(i * size, (i + 1) * size);
        warp(rows.subarray(i * size, (i + 1) * size), row, width, settings, random);
        blur(row, width, normal, settings, random);
        let at = 0;
        const lost = drawMissing(parts.length, settings.missing, random);
        parts.forEach((part, p) => {
          const place = { row, width, at, channels: part.channels };
          if (part.modality === "audio") changeVoice(place, settings, random);
          else changeFace(place, part, settings, random);
          if (p === lost) fill(place, () => 0);
          at += part.channels;
        });
      }
      return out;
    },
  };
}

/** The numbers of one part in a row. */
interface Place {
  readonly row: Float32Array;
  /** Numbers a frame of the row. */
  readonly width: number;
  /** The part's first number in a frame. */
  readonly at: number;
  /** The part's numbers in a frame. */
  readonly channels: number;
}

/** Which part is lost, if any. */
function drawMissing(parts: number, share: number, random: Random): number | undefined {
  const drawn = random.next();
  if (parts < 2) return undefined;
  const lost = Math.floor(drawn / share);
  return lost < parts ? lost : undefined;
}

/** Writes `from` to `to`, shifted in time, faster or slower; before the first frame and after the last these stay. */
function warp(
  from: Float32Array,
  to: Float32Array,
  width: number,
  { shift, speed }: Settings,
  random: Random,
): void {
  const frames = from.length / width;
  const rate = 1 + random.uniform(-speed, speed);
  const middle = (frames - 1) / 2 + random.uniform(-shift, shift) * frames;
  for (let t = 0; t < frames; t++) {
    const at = Math.min(Math.max(middle + rate * (t - (frames - 1) / 2), 0), frames - 1);
    const low = Math.floor(at);
    const share = at - low;
    const high = Math.min(low + 1, frames - 1);
    for (let c = 0; c < width; c++) {
      const value = from[low * width + c];
      to[t * width + c] = value + share * (from[high * width + c] - value);
    }
  }
}

/** Adds an offset to every channel and noise to every number. */
function blur(
  row: Float32Array,
  width: number,
  normal: Float32Array,
  { offset, noise }: Settings,
  random: Random,
): void {
  let next = random.int(NOISE);
  const offsets = Float32Array.from({ length: width }, () => offset * random.normal());
  for (let from = 0; from < row.length; from += width) {
    for (let c = 0; c < width; c++) {
      row[from + c] += offsets[c] + noise * normal[next];
      next = (next + 1) % NOISE;
    }
  }
}

function changeVoice(place: Place, { gain, hides }: Settings, random: Random): void {
  const louder = gain * random.normal();
  const nFrames = place.row.length / place.width;
  const mask = hides
    ? specAugmentMask({ nFrames, nBands: place.channels }, random, {
      bandMasks: 1,
      bandWidth: Math.floor(place.channels / 8),
      timeMasks: 1,
      timeWidth: Math.floor(nFrames / 8),
    })
    : undefined;
  fill(place, (value, i) => (value + louder) * (mask?.[i] ?? 1));
}

function changeFace(
  place: Place,
  { mirrored }: SequencePart,
  { dropped, mirrors }: Settings,
  random: Random,
): void {
  const { row, width, at, channels } = place;
  const frames = row.length / width;
  if (random.next() < 0.5 && mirrors && mirrored !== undefined) {
    const turned = new Set(mirrored);
    fill(place, (value, i) => turned.has(i % channels) ? -value : value);
  }
  const length = random.int(Math.floor(dropped * frames) + 1);
  const from = random.int(frames - length) + 1;
  for (let t = from; t < Math.min(from + length, frames); t++) {
    row.copyWithin(t * width + at, (t - 1) * width + at, (t - 1) * width + at + channels);
  }
}

/** Puts what `of` says in the place of every number of a part; `i` counts its numbers. */
function fill(
  { row, width, at, channels }: Place,
  of: (value: number, i: number) => number,
): void {
  for (let frame = 0, i = 0; frame * width < row.length; frame++) {
    for (let c = 0; c < channels; c++, i++) {
      const k = frame * width + at + c;
      row[k] = of(row[k], i);
    }
  }
}
