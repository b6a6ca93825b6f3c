import assert from "node:assert/strict";
import { join } from "node:path";
import { syntheticCorpus } from "../synthetic_corpus.ts";
import { runTask, taskCommand } from "../tasks/cli.ts";

/** A small run on a corpus of its own in `dir`; each name is a run folder with a store beside it. */
function flags(dir: string, name: string): string[] {
  return [
    ...["--data", join(dir, "corpus"), "--seconds", "1", "--fps", "2", "--workers", "1"],
    ...["--recipes", "statistics", "--normalise", "train"],
    ...["--store", join(dir, `${name}-store`), "--out", join(dir, name)],
  ];
}

/** Works in a folder with a corpus in it. */
async function withCorpus(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "emofuse-test-" });
  try {
    await copyFolder(await syntheticCorpus(1), join(dir, "corpus"));
    await work(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    await (isDirectory ? copyFolder : Deno.copyFile)(join(from, name), join(to, name));
  }
}

/** The files of a run folder whose bytes must repeat, `results.json` without its provenance. */
async function outcome(dir: string, name: string): Promise<Record<string, unknown>> {
  const text = (file: string) => Deno.readTextFile(join(dir, name, file));
  const { provenance: _, ...results } = JSON.parse(await text("results.json"));
  return { results, predictions: await text("predictions.json") };
}

/** Starts a run and stops it by `signal` once it has written some features. */
async function stopEarly(dir: string, name: string, signal: Deno.Signal): Promise<number> {
  const child = taskCommand("run", flags(dir, name), { stdout: "null", stderr: "piped" }).spawn();
  let text = "";
  let seen = "";
  for await (const chunk of child.stderr.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const [, done] = text.match(/features +([2-9])\/8/) ?? [];
    if (done && !seen) {
      seen = done;
      child.kill(signal);
    }
  }
  assert(seen, `the run ended before it could be stopped: ${text}`);
  const { success } = await child.status;
  assert(!success);
  return Number(seen);
}

Deno.test("--from repeats a run byte for byte, and refuses once a clip has changed", () =>
  withCorpus(async (dir) => {
    const own = ["--modality", "audio", "--recipes", "tutorial"];
    const first = await runTask("run", ...flags(dir, "first"), ...own);
    assert.equal(first.code, 0, first.err.join("\n"));
    const lock = join(dir, "first/run.lock.json");
    const store = ["--store", join(dir, "other-store")];
    const again = await runTask("run", "--from", lock, ...store);
    assert.equal(again.code, 0, again.err.join("\n"));
    assert(again.err.some((line) => line.startsWith("identical: ")), again.err.join("\n"));
    assert.deepEqual(await outcome(dir, "first-repeat"), await outcome(dir, "first"));

    const wrong = await runTask("run", "--from", lock, "--seed", "2");
    assert.deepEqual([wrong.code, wrong.err.length], [2, 1]);
    assert.match(wrong.err[0], /--seed does not go with --from/);

    const file = Object.keys(JSON.parse(await Deno.readTextFile(lock)).clips)[3];
    const clip = join(dir, "corpus", file);
    const bytes = await Deno.readFile(clip);
    await Deno.writeFile(clip, bytes.map((byte, i) => i === bytes.length - 1 ? byte ^ 1 : byte));
    const changed = await runTask("run", "--from", lock, ...store);
    assert.deepEqual([changed.code, changed.err.length], [1, 1]);
    assert(changed.err[0].includes(`the clip ${file} has changed`), changed.err[0]);
    await Deno.remove(clip);
    const missing = await runTask("run", "--from", lock, ...store);
    assert.equal(missing.code, 1);
    assert(missing.err[0].includes(`the clip ${file} cannot be read`), missing.err[0]);
  }));

Deno.test("--from says what a file that is no run lock is", () =>
  withCorpus(async (dir) => {
    const file = join(dir, "corpus/synthetic.json");
    for (
      const [from, reason] of [[file, /--from .* is no run\.lock\.json/], [
        dir,
        /--from .* cannot be read/,
      ]] as const
    ) {
      const { code, err } = await runTask("run", "--from", from);
      assert.deepEqual([code, err.length], [1, 1]);
      assert.match(err[0], reason);
    }
  }));

Deno.test("a run that is killed or interrupted goes on from the store, and ends as if undisturbed", () =>
  withCorpus(async (dir) => {
    const undisturbed = await runTask("run", ...flags(dir, "undisturbed"));
    assert.equal(undisturbed.code, 0, undisturbed.err.join("\n"));
    for (const signal of ["SIGKILL", "SIGINT"] as const) {
      const done = await stopEarly(dir, signal, signal);
      const again = await runTask("run", ...flags(dir, signal));
      assert.equal(again.code, 0, again.err.join("\n"));
      assert.deepEqual(await outcome(dir, signal), await outcome(dir, "undisturbed"));
      const { provenance } = JSON.parse(await Deno.readTextFile(join(dir, signal, "results.json")));
      const [cached, all] = provenance.cached.split("/").map(Number);
      assert(
        cached >= done && all === 8,
        `${provenance.cached} came from the store, ${done} before`,
      );
    }
  }));
