import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "fflate";
import {
  type EdgeFiles,
  edgeFiles,
  type EdgeModel,
  MODEL_FILE,
} from "../../adapters/bundle/edge_files.ts";
import { writeFolder } from "../../adapters/bundle/write_folder.ts";
import { installWorkerd } from "../../adapters/workerd/install_workerd.ts";
import { startWorkerd } from "../../adapters/workerd/start_workerd.ts";
import { WorkerdError } from "../../adapters/workerd/workerd_error.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import type { ClipInput } from "../../src/recognize/clip_input.ts";
import { defaultModel } from "../../src/recognize/default/default_model.ts";
import { thinFrames } from "../../src/recognize/thin_frames.ts";
import { outputOf } from "../read_proc.ts";
import { startListening } from "../serve/listening_process.ts";
import { PICTURES_A_SECOND, type ServeCase, serveCases } from "../serve/serve_cases.ts";
import { readModel } from "../serve/serve_models.ts";
import { startServe } from "../serve/serve_process.ts";
import { benchSignals, SAMPLE_RATE } from "../signals.ts";
import { measureChromium } from "./chromium.ts";
import { type MeasuredStart, measureServer } from "./measured_start.ts";

/** How {@linkcode benchStart} measures. */
export interface StartBenchOptions {
  /** A bundle. Default: the one that comes with Emofuse. */
  readonly model?: string;
  /** A film of a person who speaks, for starts with voice and face. Default: a voice alone, made by formula. */
  readonly clip?: string;
  /** How often each runtime is started. Default: 5. */
  readonly rounds?: number;
}

/** What a runtime takes. */
export interface StartRow {
  readonly runtime: "Deno" | "Node" | "workerd" | "Chromium";
  /** What is bundled for it, model and all, in MB: as files and compressed; undefined for Deno, which runs sources. */
  readonly size: { readonly files: number; readonly compressed: number } | undefined;
  /** The best of all rounds; undefined where the runtime cannot be had. */
  readonly best: MeasuredStart | undefined;
}

/** What was found. */
export interface StartBench {
  /** Size of the model in MB. */
  readonly modelMb: number;
  /** What is sent. */
  readonly asked: string;
  /** The runtimes. */
  readonly rows: readonly StartRow[];
}

/** Where what is bundled is written. */
const FOLDER = fileURLToPath(new URL("../../.emofuse/bench-start/", import.meta.url));

/**
 * Starts a model in Deno (`deno task serve`), in Node and workerd (what `deno task bundle` writes) and in Chromium, in
 * turn, and measures how long the first prediction takes from nothing, how long further ones, and the memory.
 *
 * @throws {BenchError} If a model cannot be read, or anything but a prediction is answered.
 */
export async function benchStart(
  { model, clip, rounds = 5 }: StartBenchOptions = {},
): Promise<StartBench> {
  const path = model ?? fileURLToPath(defaultModel());
  const edge = await readModel(path);
  const { ask, input } = await whatToAsk(edge, clip);
  await Deno.mkdir(FOLDER, { recursive: true });
  const runtimes = [
    { runtime: "Deno", files: undefined, start: () => measureServer(() => startServe(path), ask) },
    await node(edge, ask),
    await workerd(edge, ask),
    await chromium(edge, input),
  ] as const;
  const measured = runtimes.map((): (MeasuredStart | undefined)[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { start }] of runtimes.entries()) measured[i].push(await start?.());
  }
  const rows = runtimes.map(({ runtime, files }, i) => ({
    runtime,
    size: files && sizeOf(files),
    best: bestOf(measured[i]),
  }));
  return { modelMb: edge.bytes.length / 1e6, asked: ask.name, rows };
}

/** A voice, or a film's sound with two pictures a second, as servers and as a page get it. */
async function whatToAsk(
  { card }: EdgeModel,
  clip: string | undefined,
): Promise<{ ask: ServeCase; input: ClipInput }> {
  if (clip === undefined || !card.video) {
    const sound = { samples: benchSignals()[0], sampleRate: SAMPLE_RATE };
    const body = await encodeClip(sound, "wav");
    return { ask: { name: "4 s of voice as WAV", body, type: "audio/wav" }, input: sound };
  }
  const { cases, clip: decoded } = await serveCases(card, clip);
  const ask = cases.find(({ name }) => name.includes("JPEG"))!;
  const { pixels, shape, fps } = thinFrames(
    decoded.frames!.data as Uint8Array,
    decoded.frames!,
    PICTURES_A_SECOND,
  );
  return { ask, input: { ...decoded, frames: { data: pixels, ...shape, fps } } };
}

async function node(model: EdgeModel, ask: ServeCase) {
  const files = await edgeFiles("node", model);
  const cwd = join(FOLDER, "node");
  await writeFolder(cwd, files);
  const isThere = await outputOf("node", ["--version"]) !== undefined;
  const args = ["server.js", "--model", MODEL_FILE, "--port", "0"];
  const start = () => measureServer(() => startListening("Node", "node", { args, cwd }), ask);
  return { runtime: "Node", files, start: isThere ? start : undefined } as const;
}

async function workerd(model: EdgeModel, ask: ServeCase) {
  const files = await edgeFiles("workerd", model);
  const folder = join(FOLDER, "workerd");
  await writeFolder(folder, files);
  try {
    // Before the clock starts: the first call on a machine installs it.
    const program = await installWorkerd();
    const start = () => measureServer(() => startWorkerd(folder, program), ask);
    return { runtime: "workerd", files, start } as const;
  } catch (error) {
    if (!(error instanceof WorkerdError)) throw error;
    return { runtime: "workerd", files, start: undefined } as const;
  }
}

async function chromium(model: EdgeModel, input: ClipInput) {
  const files = await edgeFiles("browser", model);
  return {
    runtime: "Chromium",
    files,
    start: () => measureChromium(files, input, FOLDER),
  } as const;
}

function sizeOf(files: EdgeFiles): StartRow["size"] {
  const all = [...files.values()];
  return {
    files: all.reduce((sum, { length }) => sum + length, 0) / 1e6,
    compressed: all.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0) / 1e6,
  };
}

/** The least of each number over rounds, which a busy machine only makes larger; of memory the median round's. */
function bestOf(rounds: readonly (MeasuredStart | undefined)[]): MeasuredStart | undefined {
  const all = rounds.filter((round) => round !== undefined);
  if (all.length === 0) return undefined;
  const held = all.flatMap(({ memory }) => memory ?? []).sort((a, b) => a.own - b.own);
  const spent = all.flatMap(({ processor }) => processor ?? []);
  const least = (values: readonly number[]) => Math.min(...values);
  return {
    first: least(all.map(({ first }) => first)),
    each: least(all.map(({ each }) => each)),
    processor: spent.length === 0 ? undefined : {
      first: least(spent.map(({ first }) => first)),
      each: least(spent.map(({ each }) => each)),
    },
    memory: held[held.length >> 1],
  };
}
