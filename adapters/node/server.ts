/**
 * The endpoint for Node 20 and later: `node server.js`, with the model beside it or `--model my.emofuse`. There is no ffmpeg: it takes
 * PCM, WAV, pictures, raw frames and embeddings, as at the edge.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import process from "node:process";
import { parseArgs } from "node:util";
import { askedToEnd } from "../../src/runtime/asked_to_end.ts";
import { nameRule } from "../../src/serve/access/name_rule.ts";
import { originRule } from "../../src/serve/access/origin_rule.ts";
import { createApp } from "../../src/serve/create_app.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import { WorkerRunner } from "../../src/serve/worker/worker_runner.ts";
import { boundNames } from "../http/bound_names.ts";
import { listen } from "../http/listen.ts";
import { MODEL_BESIDE } from "./load_default_recognizer.ts";
import { spawnPredictWorker } from "./spawn_predict_worker.ts";

const USAGE =
  "usage: node server.js [--model FILE] [--host 127.0.0.1] [--port 8000] [--concurrency 1]\n" +
  "       [--allowed-hosts NAME,...] [--allowed-origins ORIGIN,...] [--min-confidence P]";

try {
  await serve();
} catch (error) {
  const wrongFlag = (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
  console.error(`error: ${(error as Error).message}${wrongFlag ? `\n${USAGE}` : ""}`);
  process.exit(wrongFlag ? 2 : 1);
}

async function serve(): Promise<void> {
  const { values: flags } = parseArgs({
    args: process.argv.slice(2),
    options: {
      model: { type: "string" },
      host: { type: "string", default: "127.0.0.1" },
      port: { type: "string", default: "8000" },
      concurrency: { type: "string", default: "1" },
      "allowed-hosts": { type: "string" },
      "allowed-origins": { type: "string" },
      "min-confidence": { type: "string" },
    },
  });
  const limits = serveLimits({ concurrency: whole("--concurrency", flags.concurrency, 1, 64) });
  const port = whole("--port", flags.port, 0, 65535);
  const allowedHosts = list("--allowed-hosts", flags["allowed-hosts"], nameRule);
  const allowedOrigins = list("--allowed-origins", flags["allowed-origins"], originRule);
  const minConfidence = share("--min-confidence", flags["min-confidence"]);
  const bundle = await readFile(flags.model ?? MODEL_BESIDE).catch((error) => {
    if (flags.model !== undefined) throw error;
    usage("--model is missing, and no model lies beside the code");
  });
  const runner = await WorkerRunner.start({ spawn: spawnPredictWorker, bundle, limits });
  const { host } = flags;
  const app = createApp({
    runner,
    limits,
    minConfidence,
    allowedHosts: [...boundNames(host), ...allowedHosts],
    allowedOrigins,
    settingNames: { hosts: "--allowed-hosts", origins: "--allowed-origins" },
  });
  const listener = await listen(app, { host, port, timeoutSeconds: limits.timeoutSeconds });
  console.log(`listening on ${listener.url}`);
  askedToEnd().addEventListener("abort", async () => {
    await listener.stop();
    runner.close();
  });
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  usage(`${flag} is ${text}; allowed: a whole number from ${least} to ${most}`);
}

function share(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 1) return value;
  usage(`${flag} is ${text}; allowed: a number from 0 to 1`);
}

/** What stands between commas, if `check` does not throw at it. */
function list(
  flag: string,
  text: string | undefined,
  check: (entries: readonly string[]) => unknown,
): string[] {
  const entries = text?.split(",") ?? [];
  try {
    check(entries);
    return entries;
  } catch (error) {
    usage(`${flag}: ${(error as Error).message}`);
  }
}

function usage(message: string): never {
  console.error(`error: ${message}\n${USAGE}`);
  process.exit(2);
}
