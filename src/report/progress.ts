import process from "node:process";
import { printable } from "../terminal/printable.ts";
import { MultiBar, Presets, type SingleBar } from "cli-progress";

/** A line of progress: a bar on a terminal, plain lines elsewhere. */
export interface Progress {
  /** Says how far the work is and, in a few words, what is being done now. */
  update(done: number, total: number, what?: string): void;
  /** Says something else meanwhile, on a line of its own. */
  say(line: string): void;
  /** Ends the line, so that other output can follow. Ending it twice is allowed. */
  stop(): void;
}

/** Share of the work between two plain lines. */
const PLAIN_STEP = 0.1;

/**
 * Progress of the work called `title`, written to standard error so that standard output holds
 * results alone. On a terminal: a bar with rate and time left. Elsewhere: a line every tenth.
 * The clock starts with the first update.
 */
export function startProgress(title: string, unit: string): Progress {
  return process.stderr.isTTY ? terminalBar(title, unit) : plainLines(title, unit);
}

function terminalBar(title: string, unit: string): Progress {
  let bars: MultiBar | undefined;
  let bar: SingleBar | undefined;
  let start = 0;
  return {
    update(done, total, what = "") {
      const now = performance.now() / 1000;
      // The terminal's state is left alone: a run that is interrupted has nothing to restore.
      bars ??= new MultiBar({
        format: `{title} {bar} {value}/{total} ${unit}{pace}  {what}`,
        stream: process.stderr,
        hideCursor: null,
        linewrap: true,
        barsize: 20,
        forceRedraw: true,
      }, Presets.rect);
      if (!bar) start = now;
      const payload = {
        title: title.padEnd(9),
        pace: pace(done, total, now - start),
        what: printable(what),
      };
      bar ??= bars.create(total, done, payload);
      bar.setTotal(total);
      bar.update(done, payload);
    },
    say(line) {
      if (bars) bars.log(`${printable(line)}\n`);
      else console.error(line);
    },
    stop() {
      bars?.stop();
      bars = bar = undefined;
    },
  };
}

/** Rate and time left, once something is done. */
function pace(done: number, total: number, seconds: number): string {
  if (done === 0 || seconds < 0.5) return "";
  const left = Math.round((total - done) * seconds / done);
  const time = left < 60 ? `${left} s` : `${Math.floor(left / 60)} min ${left % 60} s`;
  return `  ${(done / seconds).toFixed(1)}/s  ${time} left`;
}

function plainLines(title: string, unit: string): Progress {
  let next = 0;
  return {
    update(done, total, what = "") {
      const share = total === 0 ? 1 : done / total;
      if (share < next && done !== total) return;
      if (next > 1) return;
      next = done === total ? 2 : (Math.floor(share / PLAIN_STEP + 1e-9) + 1) * PLAIN_STEP;
      console.error(`${title.padEnd(9)} ${done}/${total} ${unit}${what && `  ${what}`}`);
    },
    say: (line) => console.error(line),
    stop() {},
  };
}
