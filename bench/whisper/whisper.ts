import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { whisperTensors } from "../../models/whisper/whisper_weights.ts";
import { Random } from "../../src/numeric/random.ts";
import { encodeSafetensors, type TensorMap } from "../../src/numeric/safetensors.ts";
import { readWhisper } from "../../src/weights/whisper_sources.ts";
import { BenchError } from "../contender.ts";
import { type LineProcess, startLineProcess } from "../line_process.ts";
import { median } from "../median.ts";
import type { WhisperRequest } from "./serve_whisper.ts";
import { whisperOnnxModel } from "./whisper_onnx.ts";

/** How {@linkcode benchWhisper} measures. */
export interface WhisperBenchOptions {
  /** How many times each contender is measured, in turn with the others. Default: 15. */
  readonly rounds?: number;
  /** Lengths of the sounds in seconds, at most 30. Default: 4 and 30. */
  readonly seconds?: readonly number[];
  /** A folder with CTranslate2's `model.bin`, whose weights all take. Default: random weights of tiny's sizes. */
  readonly model?: string;
  /** A Python that has ctranslate2; needs `model`. Default: ctranslate2 is left out. */
  readonly python?: string;
  /** Whether onnxruntime takes part, which is installed then (330 MB). Default: true. */
  readonly onnxruntime?: boolean;
}

/** One contender at one length. */
export interface WhisperBenchRow {
  /** Its name. */
  readonly name: string;
  /** Length of the sound in seconds. */
  readonly seconds: number;
  /** Median time in milliseconds. */
  readonly ms: number;
  /** Emofuse's time by this one's: the median of the rounds' own ratios. */
  readonly ratio: number;
  /** The largest difference of the last layer from Emofuse's, relative to the largest number. */
  readonly difference: number;
}

/** The largest difference that passes, relative to the largest number. */
const TOLERANCE = 1e-3;
const FRAME_RATE = 100;
const BANDS = 80;

const TFJS_PEER = "whisper_peer.ts";
const TFJS = [
  { name: "Emofuse", script: TFJS_PEER, argument: "emofuse" },
  { name: "tfjs's own WASM kernels", script: TFJS_PEER, argument: "stock" },
];
const ONNX = [
  ["onnxruntime-web 1.22 (WASM)", "onnxruntime-web"],
  ["onnxruntime-node 1.22 (native)", "onnxruntime-node"],
].map(([name, argument]) => ({ name, script: "../onnxruntime/whisper_peer.ts", argument }));

interface Contender {
  readonly name: string;
  readonly process: LineProcess;
}

/**
 * Times Whisper's encoder on spectrograms of some lengths, without padding: Emofuse, tfjs's own kernels, two builds of
 * onnxruntime and, where a Python and a model are given, ctranslate2, each in a process of its own with one thread, with
 * the same weights. First what they give is compared; then all are measured in turn, so that what else the machine does
 * weighs on all.
 *
 * @throws {BenchError} If a contender does not start, or gives something else than Emofuse.
 */
export async function benchWhisper(
  { rounds = 15, seconds = [4, 30], model, python, onnxruntime = true }: WhisperBenchOptions = {},
): Promise<WhisperBenchRow[]> {
  if (python !== undefined && model === undefined) {
    throw new BenchError("ctranslate2 needs a model: name the folder of its model.bin");
  }
  const mel = base64(noise(Math.max(...seconds) * FRAME_RATE * BANDS));
  const weights = model === undefined ? random() : await readModel(model);
  const contenders: Contender[] = [];
  try {
    for (const { name, script, argument } of onnxruntime ? [...TFJS, ...ONNX] : TFJS) {
      // Each script runs with the configuration of the folder it is in.
      const config = path(script === TFJS_PEER ? "../../deno.json" : "../onnxruntime/deno.json");
      const process = startLineProcess(name, Deno.execPath(), {
        args: ["run", "-q", "-A", "--config", config, path(script), argument],
      });
      contenders.push({ name, process });
      const file = script === TFJS_PEER ? encodeSafetensors(weights) : whisperOnnxModel(weights);
      await process.ask({ load: base64(file), mel } satisfies WhisperRequest);
    }
    if (python !== undefined) {
      const process = startLineProcess(`--python ${python}`, python, {
        args: [path("whisper_peer.py")],
        env: { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" },
      });
      const named = { name: "ctranslate2", process };
      contenders.push(named);
      const { version } = await process.ask({ model, mel }) as { version: string };
      named.name = `ctranslate2 ${version} (native)`;
    }
    const rows: WhisperBenchRow[] = [];
    for (const length of seconds) rows.push(...await measure(contenders, length, rounds));
    return rows;
  } finally {
    for (const { process } of contenders) await process.close();
  }
}

async function measure(
  contenders: readonly Contender[],
  seconds: number,
  rounds: number,
): Promise<WhisperBenchRow[]> {
  const ask = async (process: LineProcess, features: boolean) =>
    await process.ask({ frames: seconds * FRAME_RATE, features } satisfies WhisperRequest) as {
      ms: number;
      features: string;
    };
  const layers: Float32Array[] = [];
  for (const { process } of contenders) {
    const { features } = await ask(process, true);
    layers.push(new Float32Array(Uint8Array.fromBase64(features).buffer));
  }
  const times = contenders.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { process }] of contenders.entries()) {
      times[i].push((await ask(process, false)).ms);
    }
  }
  return contenders.map(({ name }, i) => ({
    name,
    seconds,
    ms: median(times[i]),
    ratio: median(times[i].map((ms, round) => times[0][round] / ms)),
    difference: difference(name, layers[0], layers[i]),
  }));
}

/** The largest difference of two arrays, relative to the largest number. */
function difference(name: string, expected: Float32Array, actual: Float32Array): number {
  let [largest, worst] = [0, actual.length === expected.length ? 0 : Infinity];
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]));
    worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
  }
  if (!(worst <= TOLERANCE * largest)) {
    throw new BenchError(
      `${name} differs by ${worst / largest} of the largest number: at most ${TOLERANCE} passes`,
    );
  }
  return worst / largest;
}

/** An encoder of tiny's sizes that has learned nothing. */
function random(): TensorMap {
  const source = new Random(1);
  const tensors: TensorMap = {};
  for (
    const [name, shape] of whisperTensors({ name: "tiny", width: 384, layers: 4, heads: 6 })
  ) {
    const [outputs, inputs = 1, taps = 1] = shape;
    const scale = 1 / Math.sqrt(inputs * taps);
    const data = new Float32Array(outputs * inputs * taps);
    const isVector = shape.length === 1;
    for (let i = 0; i < data.length; i++) {
      data[i] = isVector ? (name.endsWith("norm.weight") ? 1 : 0) : scale * source.normal();
    }
    tensors[name] = { shape: [...shape], data };
  }
  return tensors;
}

async function readModel(folder: string): Promise<TensorMap> {
  const file = join(folder, "model.bin");
  try {
    return readWhisper(await Deno.readFile(file)).tensors;
  } catch (cause) {
    throw new BenchError(`${file}: ${(cause as Error).message}`, { cause });
  }
}

function noise(size: number): Float32Array<ArrayBuffer> {
  const source = new Random(2);
  return new Float32Array(size).map(() => 0.5 * source.normal());
}

function path(url: string): string {
  return fileURLToPath(new URL(url, import.meta.url));
}

function base64({ buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBuffer>): string {
  return new Uint8Array(buffer, byteOffset, byteLength).toBase64();
}
