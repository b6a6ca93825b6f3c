import type { ClipTools, TrackOutput } from "../clip_tools.ts";
import type { TrackProblem } from "../diagnose.ts";
import { errorLines } from "../ffmpeg/ffmpeg_log.ts";

/** What became of a track: what was read of it, or why nothing was. */
export type TrackResult<T> =
  | { readonly value: T; readonly warnings: readonly string[] }
  | { readonly problem: TrackProblem };

/** Reads one track of a clip. */
export interface TrackReader<T> {
  /** What ffmpeg has to write for it; nothing where ffmpeg is not needed, or cannot help. */
  readonly outputs: readonly TrackOutput[];
  /** Says what became of it, once the outputs are taken. `errors` is what ffmpeg complained of. */
  finish(errors: readonly string[]): TrackResult<T>;
}

/** A reader of a track of which nothing can be read. */
export function failed<T>(problem: TrackProblem): TrackReader<T> {
  return { outputs: [], finish: () => ({ problem }) };
}

/** Makes readers that have read nothing yet, of the tracks that are wanted. */
export interface ReaderMakers<P, S> {
  /** Of the picture. */
  readonly picture?: () => TrackReader<P>;
  /** Of the sound. */
  readonly sound?: () => Promise<TrackReader<S>>;
}

/** What became of the tracks that were wanted. */
export interface TrackResults<P, S> {
  /** Of the picture. */
  readonly picture?: TrackResult<P>;
  /** Of the sound. */
  readonly sound?: TrackResult<S>;
}

/**
 * Reads tracks in one run of ffmpeg. Where that fails each is read by itself: a track that ffmpeg cannot
 * decode takes the other with it.
 *
 * @param except Parts of ffmpeg whose errors do not count, for they are about tracks that are not read.
 */
export async function readTracks<P, S>(
  tools: Pick<ClipTools, "transcode">,
  makers: ReaderMakers<P, S>,
  except: readonly string[],
): Promise<TrackResults<P, S>> {
  const picture = makers.picture?.();
  const sound = await makers.sound?.();
  const readers = [picture, sound].filter((reader) => reader && reader.outputs.length > 0);
  const { success, log } = readers.length > 0
    ? await tools.transcode(readers.flatMap((reader) => reader!.outputs))
    : { success: true, log: [] };
  const errors = errorLines(log, { except });
  const results = {
    ...(picture && { picture: withComplaint(picture.finish(errors), errors) }),
    // What ffmpeg says of both is said once.
    ...(sound && { sound: withComplaint(sound.finish(errors), picture ? [] : errors) }),
  };
  const whole = Object.values(results).every((result) => "value" in result);
  if (success || whole || readers.length < 2) return results;
  return {
    ...await readTracks(tools, { picture: makers.picture }, except),
    ...await readTracks(tools, { sound: makers.sound }, except),
  };
}

function withComplaint<T>(result: TrackResult<T>, errors: readonly string[]): TrackResult<T> {
  if ("problem" in result || errors.length === 0) return result;
  return { ...result, warnings: [`ffmpeg complained: ${errors[0]}`, ...result.warnings] };
}
