import { fileURLToPath } from "node:url";
import { BenchError } from "../contender.ts";
import { startLineProcess } from "../line_process.ts";
import { type ServeCase, serveCases } from "./serve_cases.ts";
import { type ColdStart, measureColdStarts } from "./serve_cold_start.ts";
import { measureBurst, measureLoad, type ServeBurst, type ServeLoad } from "./serve_load.ts";
import { type BenchModel, benchModels } from "./serve_models.ts";
import { startServe } from "./serve_process.ts";
import type { MemoryAnswer, SingleRequest, StreamAnswer } from "./serve_single.ts";

/** How {@linkcode benchServe} measures. */
export interface ServeBenchOptions {
  /** A bundle to bench. Default: two trained on the synthetic corpus. */
  readonly model?: string;
  /** A film with a person who speaks. Default: one of the synthetic corpus. */
  readonly clip?: string;
  /** How often a cold start is measured. Default: 5. */
  readonly rounds?: number;
  /** How long each way of asking is measured, in seconds. Default: 10. */
  readonly seconds?: number;
  /** Predictions after which memory is measured. Default: 10000. */
  readonly predictions?: number;
  /** Length of the streamed recording, in seconds. Default: 60. */
  readonly recording?: number;
}

/** What one model does. */
export interface ServeBenchRow {
  /** Modalities of the model. */
  readonly modalities: readonly string[];
  /** Size of the bundle, in MB. */
  readonly bundleMb: number;
  /** Each way of asking. */
  readonly loads: readonly (ServeLoad & { readonly name: string })[];
  /** Many clients at once. */
  readonly burst: ServeBurst;
  /** From nothing to the first prediction. */
  readonly coldStarts: readonly ColdStart[];
  /** What many predictions leave in memory. */
  readonly memory: MemoryAnswer & { readonly predictions: number };
  /** What streaming costs. */
  readonly stream: StreamAnswer & { readonly recording: number };
}

/** Clients that ask at once, and those of the burst. */
export const CLIENTS = 4, BURST = 200;

/**
 * Measures the served recogniser: predictions a second and how long they take, over HTTP on loopback,
 * by {@linkcode CLIENTS} clients and one prediction worker; cold starts; memory; and, without a
 * server, streaming on one core.
 *
 * @throws {BenchError} If a model cannot be trained or read, or anything but predictions come back.
 */
export async function benchServe(options: ServeBenchOptions = {}): Promise<ServeBenchRow[]> {
  const { models, clip } = await benchModels(options);
  const rows: ServeBenchRow[] = [];
  for (const model of models) rows.push(await benchModel(model, clip, options));
  return rows;
}

async function benchModel(
  model: BenchModel,
  clip: string,
  { rounds = 5, seconds = 10, predictions = 10_000, recording = 60 }: ServeBenchOptions,
): Promise<ServeBenchRow> {
  const { audio, video } = model.card;
  const { cases } = await serveCases(model.card, clip);
  const { loads, burst } = await measureLoads(model.path, cases, seconds);
  const coldStarts = await measureColdStarts(model, cases[0], rounds);
  const memory = await single<MemoryAnswer>({ kind: "memory", model: model.path, predictions });
  const stream = await single<StreamAnswer>({
    kind: "stream",
    model: model.path,
    clip,
    seconds: recording,
  });
  // Frames without a face are quick, for nothing is embedded: no measure of anything.
  if (video && !stream.used.includes("video")) {
    throw new BenchError(`no face is seen in ${clip}; give a film of somebody's face as --clip`);
  }
  return {
    modalities: [...(audio ? ["voice"] : []), ...(video ? ["face"] : [])],
    bundleMb: model.bytes.length / 1e6,
    loads,
    burst,
    coldStarts,
    memory: { ...memory, predictions },
    stream: { ...stream, recording },
  };
}

async function measureLoads(model: string, cases: readonly ServeCase[], seconds: number) {
  const server = await startServe(model);
  try {
    const loads: ServeBenchRow["loads"][number][] = [];
    for (const one of cases) {
      const load = await measureLoad(server.url, one, {
        clients: CLIENTS,
        seconds,
        least: CLIENTS,
      });
      loads.push({ name: one.name, ...load });
    }
    return { loads, burst: await measureBurst(server.url, cases[0], BURST) };
  } finally {
    await server.stop();
  }
}

/** Asks a process of its own one thing. */
async function single<Answer>(request: SingleRequest): Promise<Answer> {
  const script = fileURLToPath(new URL("./serve_single.ts", import.meta.url));
  const process = startLineProcess("the recogniser", Deno.execPath(), {
    args: ["run", "-q", "--no-prompt", "--allow-read", "--allow-env", "--allow-sys", script],
    env: { NO_COLOR: "1" },
  });
  try {
    return await process.ask(request) as Answer;
  } finally {
    await process.close();
  }
}
