import { join } from "node:path";
import { edgeFiles } from "../../adapters/bundle/edge_files.ts";
import { writeFolder } from "../../adapters/bundle/write_folder.ts";
import { installWorkerd } from "../../adapters/workerd/install_workerd.ts";
import { startWorkerd } from "../../adapters/workerd/start_workerd.ts";
import { WorkerdError } from "../../adapters/workerd/workerd_error.ts";
import { BenchError } from "../contender.ts";
import { median } from "../median.ts";
import type { ServeCase } from "./serve_cases.ts";
import { BENCH_FOLDER, type BenchModel } from "./serve_models.ts";
import { startServe } from "./serve_process.ts";

/** How long it takes from nothing to the first prediction. */
export interface ColdStart {
  /** What was started from nothing. */
  readonly runtime: "Deno" | "workerd";
  /** Median, in ms; undefined where the runtime cannot be had. */
  readonly ms: number | undefined;
}

interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a server on a model, asks for one prediction and ends it, again and again: `deno task serve`
 * in a process of its own, and the edge worker in workerd.
 *
 * @throws {BenchError} If anything but a prediction is answered.
 */
export async function measureColdStarts(
  model: BenchModel,
  ask: ServeCase,
  rounds: number,
): Promise<ColdStart[]> {
  const starts: ColdStart[] = [
    { runtime: "Deno", ms: await measure(() => startServe(model.path), ask, rounds) },
  ];
  try {
    // Before the clock starts: the first call on a machine installs it.
    const program = await installWorkerd();
    const folder = join(BENCH_FOLDER, "workerd");
    await writeFolder(folder, await edgeFiles("workerd", model));
    const ms = await measure(() => startWorkerd(folder, program), ask, rounds);
    starts.push({ runtime: "workerd", ms });
  } catch (error) {
    if (!(error instanceof WorkerdError)) throw error;
    starts.push({ runtime: "workerd", ms: undefined });
  }
  return starts;
}

async function measure(
  start: () => Promise<Running>,
  { body, type }: ServeCase,
  rounds: number,
): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    const running = await start();
    try {
      const response = await fetch(`${running.url}/v1/predict`, {
        method: "POST",
        body,
        headers: { "content-type": type },
      });
      const text = await response.text();
      times.push(performance.now() - begun);
      if (response.status !== 200) throw new BenchError(`cold start: ${response.status} ${text}`);
    } finally {
      await running.stop();
    }
  }
  return median(times);
}
