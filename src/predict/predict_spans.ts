import type { Decoder } from "../media/decoder.ts";
import { joinFloats } from "../numeric/join_floats.ts";
import { InputError } from "../recognize/input_error.ts";
import type { ClipPieces, PredictionOptions, Recognizer } from "../recognize/recognizer.ts";
import type { TimeWindow } from "../recognize/windows.ts";
import type { PredictedPart } from "./clip_file.ts";
import type { ReadingPlan } from "./plan_reading.ts";

/** How parts of a recording are predicted. */
export interface PredictSpansOptions extends PredictionOptions {
  /** Told how many of how many seconds are decoded. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A part that is being read. */
interface OpenPart {
  /** Its place among the parts. */
  readonly place: number;
  readonly span: TimeWindow;
  /** The sound of it so far. */
  readonly samples: Float32Array[];
  /** What looks at its frames; there before the first of them. */
  pieces?: ClipPieces;
}

/**
 * Decodes a recording once and recognises parts of it, each as a clip of its own. A part is let go as soon as it is
 * predicted, so that the memory is that of the parts under way, however long the recording is.
 *
 * @param spans The parts, in seconds, in any order.
 * @returns What is said of each part, in their order.
 *
 * @throws {MediaError} If the file cannot be decoded.
 */
export async function predictSpans(
  recognizer: Recognizer,
  decoder: Decoder,
  { path, info, picture, sampleRate, most, missing }: ReadingPlan,
  spans: readonly TimeWindow[],
  { onProgress, ...asked }: PredictSpansOptions = {},
): Promise<PredictedPart[]> {
  const results = new Array<PredictedPart>(spans.length);
  if (spans.length === 0) return results;
  const open: OpenPart[] = spans.map((span, place) => ({ span, place, samples: [] }));
  open.sort((a, b) => a.span.end - b.span.end);
  const total = Math.min(most, Math.max(...spans.map(({ end }) => end)));
  let heard = 0;
  let seen = 0;
  const { warnings } = info;
  const reach = () => Math.min(sampleRate ? heard / sampleRate : Infinity, seenTo());
  const seenTo = () => picture ? seen / picture.fps : Infinity;
  const judge = ({ place, span: { start, end }, samples, pieces }: OpenPart) => {
    const rest = {
      ...(samples.length > 0 ? { samples: joinFloats(samples), sampleRate } : {}),
      warnings,
      missing,
    };
    try {
      const prediction = pieces ? pieces.predict(rest) : recognizer.predict(rest, asked);
      results[place] = { start, end, prediction };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      results[place] = { start, end, reason: error.message };
    }
  };
  const judgeUntil = (time: number) => {
    while (open.length > 0 && open[0].span.end <= time) judge(open.shift()!);
  };
  await decoder.decode(path, {
    ...picture,
    sampleRate,
    sound: sampleRate !== undefined,
    picture: picture !== undefined,
    seconds: total,
    onSamples: (samples) => {
      for (const part of open) {
        const [from, to] = overlap(part.span, sampleRate!, heard, samples.length);
        if (from < to) part.samples.push(samples.slice(from, to));
      }
      heard += samples.length;
      if (!picture) judgeUntil(reach());
    },
    onFrames: picture && ((frames, count) => {
      const bytes = frames.length / count;
      for (const part of open) {
        const [from, to] = overlap(part.span, picture.fps, seen, count);
        if (from >= to) continue;
        part.pieces ??= recognizer.pieces(picture, asked);
        part.pieces.push(frames.subarray(from * bytes, to * bytes));
      }
      seen += count;
      judgeUntil(reach());
    }),
    onProgress: onProgress && ((done) => onProgress(Math.min(done, total), total)),
  });
  const lasts = Math.max(sampleRate ? heard / sampleRate : 0, picture ? seenTo() : 0);
  for (const part of open.splice(0)) {
    const { start, end } = part.span;
    if (start < lasts) judge({ ...part, span: { start, end: Math.min(end, lasts) } });
    else {
      const reason = `it begins at ${start} s, after the end at ${lasts.toFixed(2)} s`;
      results[part.place] = { start, end, reason };
    }
  }
  return results;
}

/** Which of `count` values at `rate`, of which the first is number `at`, lie in a span: from, and the one after. */
function overlap(
  { start, end }: TimeWindow,
  rate: number,
  at: number,
  count: number,
): [from: number, to: number] {
  const within = (time: number) => Math.min(count, Math.max(0, Math.round(time * rate) - at));
  return [within(start), within(end)];
}
