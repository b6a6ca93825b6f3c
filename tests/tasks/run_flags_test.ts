import assert from "node:assert/strict";
import { join } from "node:path";
import { runTask } from "./cli.ts";

async function withDir(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await work(dir);
  } finally {
    await Deno.chmod(dir, 0o755);
    await Deno.remove(dir, { recursive: true });
  }
}

/** Wrong flags, and what the one line must name. */
const WRONG: [args: string[], names: RegExp][] = [
  [[], /--data/],
  [["--data"], /--data <dir>' argument missing; allowed: --data <dir>, folder of the clips/],
  [["--data", "x", "--crop"], /--crop <what>' argument missing; allowed: .*none, face/],
  [["--data", "x", "--colour", "red"], /--colour.*allowed: .*--data .*--protocol/],
  [["--data", "x", "--emotions", "calm,bored"], /--emotions.*"bored".*neutral, calm/],
  [["--data", "x", "--actors", "25"], /--actors.*"25".*1 to 24/],
  [["--data", "x", "--speakers", "4-1"], /--speakers.*"4-1" is not a speaker/],
  [
    ["--data", "x", "--actors", "1", "--speakers", "2"],
    /--actors and --speakers choose by the same/,
  ],
  [["--data", "x", "--modality", "smell"], /--modality.*av, audio, video/],
  [["--data", "x", "--recipes", "soup"], /--recipes.*"soup".*tutorial/],
  [["--data", "x", "--normalise", "max"], /--normalise.*"max".*none, train, own/],
  [["--data", "x", "--protocol", "fair"], /--protocol.*tutorial, performance-independent/],
  [["--data", "x", "--backbone", "resnet"], /--backbone.*faceres/],
  [
    ["--data", "x", "--folds", "1"],
    /--folds.*from 2 on, NxR.*loso, luna-jimenez, hicmae, emobox, manifest, by:COLUMN such as by:language or by:age:30,45, or a FILE/,
  ],
  [["--data", "x", "--folds", "5x1"], /--folds.*"5x1" is not a choice of folds/],
  [
    ["--data", "x", "--folds", "none.json", "--protocol", "speaker-independent"],
    /none\.json cannot be/,
  ],
  [
    ["--data", "x", "--folds", "loso", "--protocol", "performance-independent"],
    /--folds loso does not go .*allowed: --protocol speaker-independent, cross-corpus$/,
  ],
  [["--data", "x", "--hold-out", "20"], /--hold-out.*between 0 and 1/],
  [
    ["--data", "x", "--hold-out", "0.2", "--folds", "5", "--protocol", "speaker-independent"],
    /--hold-out does not go with --folds/,
  ],
  [["--data", "x", "--folds", "5"], /--folds 5 does not go with --protocol tutorial.*allowed/],
  [
    ["--data", "x", "--protocol", "performance-independent", "--folds", "luna-jimenez"],
    /luna-jimenez.*speaker-independent/,
  ],
  [["--data", "x", "--seconds", "0.001"], /--seconds 0\.001.*too short/],
  [["--data", ""], /--data is empty/],
  [["--data", "x", "--seconds", "0"], /--seconds.*above 0/],
  [["--data", "x", "--fps", "-3"], /--fps.*above 0/],
  [["--data", "x", "--workers", "many"], /--workers.*1 to/],
  [["--data", "x", "--seed", "1.5"], /--seed.*whole number/],
  [["--data", "x", "--crop", "hat"], /--crop.*none, face/],
  [["--data", "x", "--kernels", "fast"], /--kernels.*winograd, stock/],
  [["--data", "x", "--frame-step", "0"], /--frame-step.*from 1 to 1000/],
  [["--data", "x", "--frame-step", "2", "--frame-fill", "guess"], /--frame-fill.*repeat, interpol/],
  [["--data", "x", "--weights", "nofile", "--modality", "audio"], /--weights nofile .*allowed: /],
  [["--data", "x", "--frame-fill", "repeat"], /--frame-fill repeat .*--frame-step from 2 on/],
];

Deno.test("run ends a wrong flag with one line that names it and what is allowed, and exit 2", async () => {
  for (const [args, names] of WRONG) {
    const { code, err, out } = await runTask("run", ...args);
    assert.equal(code, 2, `${args}`);
    assert.equal(err.length, 1, err.join("\n"));
    assert.match(err[0], names);
    assert.equal(out, "");
  }
});

Deno.test("run names a folder of clips that is missing, empty or without RAVDESS names", () =>
  withDir(async (dir) => {
    const out = join(dir, "out");
    const missing = await runTask("run", "--data", join(dir, "nowhere"), "--out", out);
    assert.equal(missing.code, 1);
    assert.match(missing.err.join("\n"), /nowhere: no such folder/);

    await Deno.mkdir(join(dir, "empty"));
    const empty = await runTask("run", "--data", join(dir, "empty"), "--out", out);
    assert.equal(empty.code, 1);
    assert.match(empty.err.join("\n"), /empty: no audio or video file/);

    await Deno.mkdir(join(dir, "misnamed"));
    await Deno.writeTextFile(join(dir, "misnamed", "holiday.mp4"), "x");
    const misnamed = await runTask("run", "--data", join(dir, "misnamed"), "--out", out);
    assert.equal(misnamed.code, 1);
    assert.match(misnamed.err[0], /^skipped holiday\.mp4: /);
    assert.match(misnamed.err[1], /^error: no clip in .*misnamed has a usable RAVDESS name/);
    for (const { err } of [missing, empty]) assert.equal(err.length, 1, err.join("\n"));
  }));

Deno.test("run says which class there is when there is only one", () =>
  withDir(async (dir) => {
    for (const take of ["01-01", "02-01", "01-02"]) {
      await Deno.writeTextFile(join(dir, `01-01-05-01-${take}-01.mp4`), "x");
    }
    const { code, err } = await runTask("run", "--data", dir, "--out", join(dir, "out"));
    assert.equal(code, 1);
    assert.match(err.join("\n"), /two emotions.*angry 3/);
  }));

Deno.test("run says so when --out cannot be written to, before any work", () =>
  withDir(async (dir) => {
    for (const name of ["01-01-05-01-01-01-01.mp4", "01-01-05-01-02-01-01.mp4"]) {
      await Deno.writeTextFile(join(dir, name), "x");
      await Deno.writeTextFile(join(dir, name.replace("-05-", "-02-")), "x");
    }
    await Deno.writeTextFile(join(dir, "file"), "in the way");
    const { code, err } = await runTask("run", "--data", dir, "--out", join(dir, "file"));
    assert.equal(code, 2);
    assert.equal(err.length, 1, err.join("\n"));
    assert.match(err[0], /--out .*file.*cannot be written to/);
    assert.equal(await Deno.readTextFile(join(dir, "file")), "in the way");
  }));

Deno.test("run tells where vgg16-face's weights come from when there are none", () =>
  withDir(async (dir) => {
    for (const name of ["01-01-05-01-01-01-01.mp4", "01-01-05-01-02-01-01.mp4"]) {
      await Deno.writeTextFile(join(dir, name), "x");
      await Deno.writeTextFile(join(dir, name.replace("-05-", "-02-")), "x");
    }
    const weights = join(dir, "none.safetensors");
    const { code, err } = await runTask(
      "run",
      ...["--data", dir, "--out", join(dir, "out")],
      ...["--backbone", "vgg16-face", "--weights", weights],
    );
    assert.equal(code, 1);
    assert.match(err.join("\n"), /none\.safetensors.*deno task weights/);
  }));

Deno.test("run says why no clip could be used, clip by clip, and leaves nothing behind", () =>
  withDir(async (dir) => {
    const data = join(dir, "data");
    await Deno.mkdir(data);
    for (const name of ["01-01-05-01-01-01-01.mp4", "01-01-05-01-02-01-01.mp4"]) {
      await Deno.writeTextFile(join(data, name), "no clip");
      await Deno.writeFile(join(data, name.replace("-05-", "-02-")), new Uint8Array());
    }
    const { code, err, out } = await runTask(
      "run",
      ...["--data", data, "--out", join(dir, "out"), "--store", join(dir, "store")],
    );
    assert.equal(code, 1);
    assert.equal(out, "");
    assert.equal(err.filter((line) => /^skipped 01-01-02.*: file is empty$/.test(line)).length, 2);
    assert.equal(err.filter((line) => /^skipped 01-01-05.*not a media file/.test(line)).length, 2);
    assert.match(err.at(-1)!, /^error: .*no usable sample/);
    assert(
      err.some((line) => /^features +4\/4 samples +0\/4 cached$/.test(line)),
      "plain progress",
    );
    assert.deepEqual(Array.from(Deno.readDirSync(join(dir, "out")), ({ name }) => name), [".lock"]);
  }));

Deno.test("run names --store when it cannot be written to", () =>
  withDir(async (dir) => {
    for (const name of ["01-01-05-01-01-01-01.mp4", "01-01-05-01-02-01-01.mp4"]) {
      await Deno.writeTextFile(join(dir, name), "x");
      await Deno.writeTextFile(join(dir, name.replace("-05-", "-02-")), "x");
    }
    await Deno.writeTextFile(join(dir, "file"), "in the way");
    const { code, err } = await runTask(
      "run",
      ...["--data", dir, "--out", join(dir, "out"), "--store", join(dir, "file")],
    );
    assert.equal(code, 2);
    assert.equal(err.length, 1, err.join("\n"));
    assert.match(err[0], /--store .*file cannot be written to/);
  }));

Deno.test("run refuses a file of folds: wrong content with exit 2, samples that it misses with exit 1", () =>
  withDir(async (dir) => {
    const file = join(dir, "mine.json");
    for (const actor of ["01", "02", "03"]) {
      for (const emotion of ["02", "05"]) {
        await Deno.writeTextFile(join(dir, `03-01-${emotion}-01-01-01-${actor}.wav`), "x");
      }
    }
    const run = async (folds: unknown) => {
      await Deno.writeTextFile(file, JSON.stringify({ folds }));
      return await runTask(
        "run",
        ...["--data", dir, "--out", join(dir, "out"), "--store", join(dir, "store")],
        ...["--modality", "audio", "--protocol", "speaker-independent", "--folds", file],
      );
    };
    const none = await run([]);
    assert.equal(none.code, 2);
    assert.deepEqual(none.err, [
      'error: --folds mine.json: needs {"folds": [...]} with at least one fold',
    ]);
    const few = await run([{ name: "a", actors: [1] }, { name: "b", actors: [2] }]);
    assert.equal(few.code, 1);
    assert.deepEqual(few.err, [
      "error: mine.json: actor 3 is in no fold; every sample must be in one " +
      "(a file with one fold tests that and trains on the rest)",
    ]);
    const take = (actor: string) => [`01-02-01-01-01-${actor}`, `01-05-01-01-01-${actor}`];
    const [calm, angry] = take("03");
    const leak = await run([
      { name: "a", performances: [...take("01"), calm] },
      { name: "b", performances: [...take("02"), angry] },
    ]);
    assert.equal(leak.code, 1);
    assert.deepEqual(leak.err, ["error: a: actor 3 is on both sides"]);
  }));

Deno.test("--also runs the same under another protocol, beside the run", async () => {
  const same = await runTask("run", "--data", "x", "--also", "tutorial");
  assert.deepEqual([same.code, same.err.length], [2, 1]);
  assert.match(same.err[0], /--also tutorial is the --protocol of the run itself/);
});

Deno.test("run names the flag of an option that the protocol finds at fault when it sees the clips", () =>
  withDir(async (dir) => {
    for (const actor of ["01", "02", "03"]) {
      for (const take of ["02-01-01-01", "05-01-01-01"]) {
        await Deno.writeTextFile(join(dir, `03-01-${take}-${actor}.wav`), "x");
      }
    }
    const { code, err } = await runTask(
      ...["run", "--data", dir, "--out", join(dir, "out"), "--modality", "audio"] as const,
      ...["--protocol", "speaker-independent", "--folds", "4"],
    );
    assert.deepEqual([code, err.length], [1, 1]);
    assert.match(err[0], /4 folds need .* 3: ask for 3 folds or fewer \(--folds\)$/);
  }));
