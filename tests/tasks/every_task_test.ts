import assert from "node:assert/strict";
import { testWith } from "../needs.ts";
import { runInTerminal, type TerminalResult } from "../terminal.ts";
import { callTask, newcomersEnv, ROOT, taskArgs, type TaskName, TASKS } from "./cli.ts";

/** Environments that ask for colours or do not. */
const COLOURS: Readonly<Record<string, Record<string, string>>> = {
  "nothing set": {},
  "colours forced": { FORCE_COLOR: "1", CLICOLOR_FORCE: "1" },
};

/** A value that each task refuses, and what it says of it. */
const WRONG: Readonly<Record<TaskName, [args: string[], says: RegExp]>> = {
  build: [["now"], /too many arguments.*now/],
  run: [["--data", ".", "--seed", "x"], /--seed.*Allowed: a whole number/],
  plan: [["--data", ".", "--shards", "0"], /--shards.*Allowed: a whole number/],
  work: [["x", "--stage", "sleep"], /--stage.*Allowed choices are extract, folds/],
  collect: [["one", "two"], /too many arguments.*two/],
  "run:bucket": [
    ["--data", ".", "--store", "s3://b"],
    /--store s3:\/\/b is no s3:\/\/bucket\/prefix: its bucket has no name/,
  ],
  "train:bucket": [
    ["--data", ".", "--store", "s3://corpora", "--store-cache-size", "0"],
    /--store-cache-size.*Allowed: a number above 0/,
  ],
  "features:bucket": [
    ["--data", ".", "--out", "x.csv", "--features", "mfcc", "--store-cache", "x"],
    /--store-cache x is for a store in a bucket; allowed: with --store s3:\/\/BUCKET\/PREFIX/,
  ],
  "work:bucket": [["x", "--stage", "sleep"], /--stage.*Allowed choices are extract, folds/],
  "collect:bucket": [["one", "two"], /too many arguments.*two/],
  demo: [["--workers", "0"], /--workers.*Allowed: a whole number/],
  pretrain: [["--data", ".", "--decoder", "none"], /--decoder.*Allowed choices are wasm/],
  train: [["--data", ".", "--dtype", "int4"], /--dtype.*Allowed choices are float32/],
  predict: [["x", "--model", "x", "--decoder", "x"], /--decoder.*Allowed choices are wasm/],
  describe: [["--data", ".", "--actors", "99"], /--actors.*1 to 24/],
  features: [
    ["--data", ".", "--out", "x.csv", "--features", "smell"],
    /--features.*Allowed: mfcc, voice/,
  ],
  audit: [["--data", ".", "--split", "x", "--workers", "0"], /--workers.*Allowed: a whole number/],
  manifest: [["x", "--out", "clips.xlsx"], /--out clips\.xlsx.*allowed: FILE\.csv/],
  split: [["--data", ".", "--out", "x", "--fps", "0"], /--fps.*Allowed: a number above 0/],
  weights: [["x.h5", "--sha256", "x"], /--sha256.*Allowed: 64 hexadecimal digits/],
  bench: [["chairs"], /chairs is no bench; allowed: dsp/],
  serve: [["--port", "-1"], /--port.*Allowed: a whole number/],
  page: [["now"], /too many arguments.*now/],
  bundle: [["--target", "moon"], /--target.*Allowed choices are browser/],
  docs: [["now"], /too many arguments.*now/],
  notebook: [["now"], /too many arguments.*now/],
  npm: [["now"], /too many arguments.*now/],
  image: [["src"], /src is not empty; allowed: a folder that is new or empty/],
  download: [["moon"], /moon.*Allowed choices are ravdess/],
  report: [["one", "two"], /too many arguments/],
  compare: [["one"], /two run folders or more/],
  test: [["tests/none_test.ts"], /tests\/none_test\.ts cannot be read/],
  "test:unit": [["tests/none_test.ts"], /tests\/none_test\.ts cannot be read/],
  check: [["now"], /too many arguments.*now/],
};

/** What the tasks that cannot work without a flag or an argument say then. */
const NOTHING_GIVEN: Readonly<Partial<Record<TaskName, RegExp>>> = {
  run: /--data is missing; allowed: the folder/,
  plan: /'--data <dir>' not specified; allowed: /,
  work: /'--stage <name>' not specified; allowed: --stage <name>, extract, folds/,
  collect: /missing required argument 'plan'; allowed: folder of a plan/,
  "run:bucket": /--data is missing; allowed: the folder/,
  "work:bucket": /'--stage <name>' not specified; allowed: --stage <name>, extract, folds/,
  "collect:bucket": /missing required argument 'plan'; allowed: folder of a plan/,
  pretrain: /'--data <dir>' not specified; allowed: /,
  train: /'--data <dir>' not specified; allowed: /,
  describe: /'--data <dir>' not specified; allowed: /,
  audit: /'--data <dir>' not specified; allowed: /,
  manifest: /missing required argument 'dir'; allowed: folder/,
  image: /missing required argument 'dir'; allowed: folder that is new/,
  features: /'--data <dir>' not specified; allowed: /,
  split: /'--data <dir>' not specified; allowed: /,
  weights: /there is nothing to import; allowed: a file/,
  bench: /missing required argument 'what'; allowed: dsp/,
  download: /missing required argument 'corpus'; allowed: ravdess/,
  report: /missing required argument 'run'; allowed: run folder/,
  compare: /missing required argument 'runs'; allowed: run folders/,
};

/** A task in a terminal, as somebody who has set nothing would see it. */
function inTerminal(task: TaskName, ...args: string[]): Promise<TerminalResult> {
  const env = { ...newcomersEnv(), INIT_CWD: ROOT };
  const all = [...taskArgs(task), ...args];
  return runInTerminal(Deno.execPath(), all, { columns: 80, env, cwd: ROOT });
}

for (const task of TASKS) {
  const usage = new RegExp(`^Usage: deno task ${task.split(":")[0]} `);

  Deno.test(`${task} --help prints its flags, whatever the environment says of colours`, async () => {
    for (const [name, env] of Object.entries(COLOURS)) {
      const { code, out, err } = await callTask(task, ["--help"], { env });
      assert.deepEqual([code, err], [0, []], name);
      assert.match(out, usage);
      assert.match(out, /-h, --help +print this help\n$/);
      assert(!out.includes("\x1b"), name);
    }
  });

  Deno.test(`${task} refuses a flag and a value that it does not know in one line, with exit code 2`, async () => {
    const [args, says] = WRONG[task];
    const cases: [string[], RegExp][] = [
      [["--hepl"], /unknown option '--hepl' \(did you mean --help\?\); allowed: .*--help$/],
      [args, says],
    ];
    const nothing = NOTHING_GIVEN[task];
    if (nothing) cases.push([[], nothing]);
    for (const [args, says] of cases) {
      const { code, out, err } = await callTask(task, args, { env: { FORCE_COLOR: "1" } });
      assert.deepEqual([code, out, err.length], [2, "", 1], `${args}: ${err.join("\n")}`);
      assert.match(err[0], /^error: /);
      assert.match(err[0], says);
    }
  });

  await testWith(["script"], `${task} answers in a terminal without asking back`, async () => {
    const help = await inTerminal(task, "--help");
    assert.equal(help.code, 0, help.text);
    assert.match(help.text, usage);
    const lines = help.text.replaceAll("\r", "").split("\n");
    assert(lines.every((line) => line.length <= 80), "the help fits the terminal");
    const wrong = await inTerminal(task, "--no-such-flag");
    assert.equal(wrong.code, 2, wrong.text);
    assert.match(wrong.text, /^error: unknown option '--no-such-flag'; allowed: .*--help\r\n$/);
  });
}
