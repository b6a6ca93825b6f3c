import { type Progress, startProgress } from "../../src/report/progress.ts";

/** Clips that last longer than this, in seconds, show how far they are decoded. */
const LONG = 10;

/** How far a prediction of clips is. */
export interface ClipBars {
  /** Says how many of how many seconds of a clip are decoded. */
  decoded(file: string, done: number, total: number): void;
  /** Says that a clip is done, and what else is to be said of it. */
  done(file: string, line?: string): void;
  /** Ends the bars, so that other output can follow. */
  stop(): void;
}

/**
 * A bar of all clips with their rate, and of one that takes long a bar of its own where it is the only one.
 *
 * @param total Number of clips.
 * @param before How many of them are done from the start.
 */
export function clipBars(total: number, before: number): ClipBars {
  const all = total > 1 ? startProgress("predict", "clips") : undefined;
  let long: Progress | undefined;
  let done = before;
  all?.update(done, total);
  return {
    decoded(file, seconds, of) {
      if (of <= LONG) return;
      if (all) all.update(done, total, `${file} ${Math.floor(seconds)}/${Math.ceil(of)} s`);
      else {
        long ??= startProgress("decode", "s");
        long.update(Math.floor(seconds), Math.ceil(of));
      }
    },
    done(file, line) {
      long?.stop();
      long = undefined;
      if (line !== undefined && all) all.say(line);
      else if (line !== undefined) console.error(line);
      all?.update(++done, total, file);
    },
    stop() {
      long?.stop();
      all?.stop();
    },
  };
}
