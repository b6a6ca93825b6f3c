#!/usr/bin/env node
/**
 * The command `emofuse`: what users do with `deno task`, without a clone.
 *
 * @module
 */

import process from "node:process";
import { VERSION } from "../src/runtime/manifest.ts";
import { commandOf, EXIT_USAGE } from "./command.ts";
import { calledByName } from "../src/runtime/invocation.ts";

/** What each command does, in the order in which they are listed. */
const COMMANDS: Readonly<Record<string, readonly [does: string, run: () => Promise<unknown>]>> = {
  predict: ["recognise emotion in clips", () => import("./predict.ts")],
  serve: ["serve a model over HTTP, with a page", () => import("./serve.ts")],
  run: ["run the pipeline: clips to results table", () => import("./run.ts")],
  plan: ["divide a run into work for many machines", () => import("./plan/plan.ts")],
  work: ["do one shard of a plan", () => import("./plan/work.ts")],
  collect: ["write the run folder of a plan that is done", () => import("./plan/collect.ts")],
  demo: ["run the pipeline on a synthetic corpus made on the spot", () => import("./demo.ts")],
  train: ["fit a model on a folder of clips", () => import("./train.ts")],
  download: ["fetch a corpus from where its authors publish it", () => import("./download.ts")],
  manifest: ["write the list of a folder's clips", () => import("./manifest.ts")],
  describe: ["describe a folder of clips", () => import("./describe.ts")],
  audit: ["search somebody else's split for leaks", () => import("./audit.ts")],
  features: ["write feature sets as a table", () => import("./features.ts")],
  split: ["write the folders of the tutorial", () => import("./split.ts")],
  weights: ["import weights of VGG16 or of Whisper's encoder", () => import("./weights.ts")],
  report: ["write the report of a run folder anew", () => import("./report.ts")],
  compare: ["put several runs side by side in one page", () => import("./compare.ts")],
  pretrain: ["make the model that comes with Emofuse anew", () => import("./pretrain.ts")],
  completion: [
    "print what has a shell complete commands",
    () => import("./completion/completion.ts"),
  ],
};

const [name = "--help"] = process.argv.splice(2, 1);
const [first] = process.argv.slice(2);
calledByName("emofuse");

if (name === "--version" || name === "-V") console.log(VERSION);
else if (name === "complete") await complete(process.argv.slice(3));
else if (name === "--help" || name === "-h" || (name === "help" && first === undefined)) {
  console.log(help());
} else if (name === "help") {
  process.argv.splice(2, Infinity, "--help");
  await run(first);
} else await run(name);

async function run(name: string): Promise<void> {
  if (Object.hasOwn(COMMANDS, name)) await COMMANDS[name][1]();
  else {
    console.error(`error: ${name} is no command; allowed: ${Object.keys(COMMANDS).join(", ")}`);
    process.exit(EXIT_USAGE);
  }
}

/** What a shell asks at each tabulator key: the words so far, the last of which may be empty. */
async function complete(words: readonly string[]): Promise<never> {
  const [, load] = words.length > 1 && Object.hasOwn(COMMANDS, words[0]) ? COMMANDS[words[0]] : [];
  const command = load && await commandOf(load);
  const { printCompletions } = await import("./completion/print_completions.ts");
  const does = Object.entries(COMMANDS).map(([name, [does]]) => [name, does]);
  printCompletions(Object.fromEntries(does), command, words);
  process.exit();
}

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map(({ length }) => length));
  return [
    "Usage: emofuse <command> [options]",
    "",
    "Recognise emotion from voices and faces.",
    "",
    "Commands:",
    ...Object.entries(COMMANDS).map(([name, [does]]) => `  ${name.padEnd(width)}  ${does}`),
    "",
    "emofuse help <command> tells its options, emofuse --version the version.",
  ].join("\n");
}
