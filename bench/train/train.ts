import { fileURLToPath } from "node:url";
import { initBackend } from "../../src/nn/backend.ts";
import { BenchError } from "../contender.ts";
import { type LineProcess, startLineProcess } from "../line_process.ts";
import { median } from "../median.ts";
import {
  createNetwork,
  TRAIN_CASES,
  type TrainCase,
  TRAINING,
  trainingRows,
} from "./train_case.ts";
import type { TrainRequest } from "./train_peer.ts";

/** How {@linkcode benchTrain} measures. */
export interface TrainBenchOptions {
  /** A Python that has Keras and TensorFlow. Default: without Keras. */
  readonly python?: string;
  /**
   * How many epochs of each contender are timed, in turn with the others.
   *
   * @default {5}
   */
  readonly rounds?: number;
  /**
   * Rows of an epoch.
   *
   * @default {48}
   */
  readonly rows?: number;
  /**
   * Networks to train.
   *
   * @default {all of {@linkcode TRAIN_CASES}}
   */
  readonly cases?: readonly TrainCase[];
}

/** One contender on one network. */
export interface TrainBenchRow {
  /** What is trained. */
  readonly network: TrainCase;
  /** The contender. */
  readonly name: string;
  /** Median time of a row in an epoch, in milliseconds. */
  readonly ms: number;
  /** This one's time by Emofuse's: the median of the rounds' own ratios. */
  readonly ratio: number;
  /** Cross-entropy of all rows after the first epoch. */
  readonly loss: number;
}

/**
 * The largest difference of the losses after an epoch that passes, relative to Emofuse's. Adam's first steps are
 * little more than the sign of the gradient, which rounding decides where the gradient is near zero.
 */
const TOLERANCE = 5e-3;

interface Contender {
  readonly name: string;
  readonly process: LineProcess;
}

/**
 * Times an epoch of training: the tutorial's 1-D CNN on 2520 and 5040 numbers and a 2-D CNN on 64 mel bands,
 * eight rows a step, from the same weights on the same rows in the same order, by Emofuse and by the stock
 * kernels of tfjs, each in a process of its own with one thread, and by Keras with two. First all train an epoch and
 * the losses are compared; then epochs are timed in turn, so that what else the machine does weighs on all.
 *
 * @throws {BenchError} If a contender does not start, or its loss is not that of the others.
 */
export async function benchTrain(options: TrainBenchOptions = {}): Promise<TrainBenchRow[]> {
  const { python, rounds = 5, rows = 48, cases = TRAIN_CASES } = options;
  const result: TrainBenchRow[] = [];
  for (const network of cases) {
    const contenders: Contender[] = [];
    try {
      for (const kernels of ["emofuse", "stock"] as const) {
        const name = { emofuse: "Emofuse", stock: "tfjs's own WASM kernels" }[kernels];
        const contender = { name, process: deno(name, kernels) };
        contenders.push(contender);
        await ask(contender, { build: network, rows });
      }
      if (python !== undefined) {
        const name = `--python ${python}`;
        const script = fileURLToPath(new URL("./train_peer.py", import.meta.url));
        const process = startLineProcess(name, python, { args: [script] });
        contenders.push({ name, process });
        const { version } = await process.ask(await kerasRequest(network, rows)) as {
          version: string;
        };
        contenders[2] = { name: `Keras ${version}, two threads`, process };
      }
      result.push(...await measure(network, contenders, rounds, rows));
    } finally {
      for (const { process } of contenders) await process.close();
    }
  }
  return result;
}

async function measure(
  network: TrainCase,
  contenders: readonly Contender[],
  rounds: number,
  rows: number,
): Promise<TrainBenchRow[]> {
  const losses: number[] = [];
  for (const contender of contenders) {
    await ask(contender, { epoch: true });
    const { loss } = await ask(contender, { loss: true });
    losses.push(loss!);
    const difference = Math.abs(loss! - losses[0]) / losses[0];
    if (!(difference <= TOLERANCE)) {
      throw new BenchError(
        `${contender.name} has a loss of ${loss} after an epoch of ${network}, Emofuse ${
          losses[0]
        }: ` +
          `at most ${TOLERANCE} of it is what rounding explains`,
      );
    }
  }
  const times = contenders.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      times[i].push((await ask(contender, { epoch: true })).ms! / rows);
    }
  }
  return contenders.map(({ name }, i) => ({
    network,
    name,
    ms: median(times[i]),
    ratio: median(times[i].map((ms, round) => ms / times[0][round])),
    loss: losses[i],
  }));
}

async function ask(
  { process }: Contender,
  request: TrainRequest,
): Promise<{ ms?: number; loss?: number }> {
  return await process.ask(request) as { ms?: number; loss?: number };
}

/** What train_peer.py builds the network of: Emofuse's weights, in Keras's order, and the rows. */
async function kerasRequest(build: TrainCase, rows: number): Promise<unknown> {
  await initBackend();
  const network = createNetwork(build);
  const { x, labels } = trainingRows(rows, network.inputSize);
  const weights = Object.values(network.variables.tensors())
    .map(({ data }) => base64(data as Float32Array<ArrayBuffer>));
  network.dispose();
  const { nClasses: classes, batchSize: batch, learningRate } = TRAINING;
  return { build, weights, x: base64(x), labels: [...labels], classes, batch, learningRate };
}

function deno(name: string, kernels: string): LineProcess {
  const path = (url: string) => fileURLToPath(new URL(url, import.meta.url));
  const config = path("../../deno.json");
  return startLineProcess(name, Deno.execPath(), {
    args: ["run", "-q", "-A", "--config", config, path("./train_peer.ts"), kernels],
  });
}

function base64({ buffer, byteOffset, byteLength }: Float32Array<ArrayBuffer>): string {
  return new Uint8Array(buffer, byteOffset, byteLength).toBase64();
}
