import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Prediction } from "../../src/recognize/prediction.ts";
import { type ProcessCost, processCost } from "../process_cost.ts";

/** A row that `deno task predict --out FILE.jsonl` wrote. */
export type PredictedRow = Partial<Prediction> & {
  /** The clip. */
  readonly clip: string;
  /** Where a part of it begins and ends, in seconds. */
  readonly start?: number;
  readonly end?: number;
  /** Which of several faces it is of. */
  readonly faceNumber?: number;
  /** Why nothing is said. */
  readonly error?: string;
};

/** What {@linkcode runPredict} gives. */
export interface PredictRun {
  /** The rows, in the order of the clips. */
  readonly rows: readonly PredictedRow[];
  /** What it took. */
  readonly cost: ProcessCost;
}

/**
 * Runs `deno task predict` on clips, in a process of its own, as somebody at a terminal would: with ffmpeg.wasm.
 *
 * @param flags Further flags, such as `--segments`.
 *
 * @throws {BenchError} If it fails.
 */
export async function runPredict(
  clips: readonly string[],
  flags: readonly string[],
  model?: string,
): Promise<PredictRun> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const folder = await Deno.makeTempDir({ prefix: "predicted-", dir: join(root, ".emofuse") });
  const out = join(folder, "rows.jsonl");
  try {
    const cost = await processCost(Deno.execPath(), {
      args: [
        ...["run", "-q", "--no-prompt", "-P=predict", "tasks/predict.ts", ...clips, ...flags],
        ...["--out", out, ...model === undefined ? [] : ["--model", model]],
      ],
      cwd: root,
      env: { NO_COLOR: "1", INIT_CWD: root },
    });
    const lines = (await Deno.readTextFile(out)).trim().split("\n");
    return { rows: lines.map((line) => JSON.parse(line)), cost };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
