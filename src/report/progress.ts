import process from "node:process";
import { MultiBar, Presets, type SingleBar } from "cli-progress";

/** A line of progress: a bar on a terminal, plain lines elsewhere. */
export interface Progress {
  /** Says how far the work is and, in a few words, what is being done now. */
  update(done: number, total: number, what?: string): void;
  /** Ends the line, so that other output can follow. */
  stop(): void;
}

/** Share of the work between two plain lines. */
const PLAIN_STEP = 0.1;

/**
 * Progress of the work called `title`, written to standard error so that standard output holds
 * results alone. On a terminal: a bar with rate and time left. Elsewhere: a line every tenth.
 */
export function startProgress(title: string, unit: string): Progress {
  return Deno.stderr.isTerminal() ? terminalBar(title, unit) : plainLines(title, unit);
}

function terminalBar(title: string, unit: string): Progress {
  const bars = new MultiBar({
    format: `{title} {bar} {value}/{total} ${unit}  {rate}/s  {eta_formatted} left  {what}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: false,
    etaBuffer: 20,
    forceRedraw: true,
  }, Presets.rect);
  let bar: SingleBar | undefined;
  const start = performance.now();
  return {
    update(done, total, what = "") {
      const rate = (done / Math.max((performance.now() - start) / 1000, 1e-3)).toFixed(1);
      const payload = { title: title.padEnd(9), rate, what };
      bar ??= bars.create(total, done, payload);
      bar.setTotal(total);
      bar.update(done, payload);
    },
    stop: () => bars.stop(),
  };
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
    stop() {},
  };
}
