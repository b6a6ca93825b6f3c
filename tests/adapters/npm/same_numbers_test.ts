import assert from "node:assert/strict";
import { join } from "node:path";
import { testWith } from "../../needs.ts";
import { emoDbDir, ravdessDir } from "../../ravdess.ts";
import { callTask } from "../../tasks/cli.ts";
import { programFolder } from "./installed_package.ts";
import { runProgram } from "./run_program.ts";
import { runtimes } from "./tools.ts";

const EMOFUSE = join("node_modules", "emofuse", "dist", "command.js");

/** What is told of a clip. */
interface Told {
  readonly label: string;
  readonly probabilities: Readonly<Record<string, number>>;
}

function assertSame(told: readonly Told[], wanted: readonly Told[], within: number): void {
  assert.equal(told.length, wanted.length);
  told.forEach(({ label, probabilities }, i) => {
    assert.equal(label, wanted[i].label);
    assert.deepEqual(Object.keys(probabilities), Object.keys(wanted[i].probabilities));
    for (const [name, share] of Object.entries(wanted[i].probabilities)) {
      const apart = Math.abs(probabilities[name] - share);
      assert(apart < within, `clip ${i}, ${name}: ${apart}`);
    }
  });
}

await testWith(
  ["node", "ravdess", "emo-db", "npm package", "runtimes of npm"],
  "emofuse predict says of real clips in Node, Node 22 and Bun what it says in Deno",
  async () => {
    await using place = await programFolder();
    const clips = [
      join(emoDbDir()!, "flac", "03a01Fa.flac"),
      join(ravdessDir()!, "crops/Actor_05/01-01-03-01-01-01-05.mp4"),
    ];
    const wanted: Told[] = JSON.parse((await callTask("predict", ["--json", ...clips])).out);
    const { node22, bun } = await runtimes();
    const asked = [["node", clips], [node22, clips], [bun, clips.slice(0, 1)]] as const;
    for (const [program, some] of asked) {
      const args = [EMOFUSE, "predict", "--json", ...some];
      const { code, out, err } = await runProgram(place.folder, program, args);
      assert.equal(code, 0, err);
      assertSame(JSON.parse(out), wanted.slice(0, some.length), 1e-6);
    }
  },
);

await testWith(
  ["node", "ravdess", "npm package", "runtimes of npm"],
  "emofuse run gives of real clips in Node and Node 22 the rows that it gives in Deno",
  async () => {
    await using place = await programFolder();
    const flags = ["--data", join(ravdessDir()!, "crops"), "--protocol", "tutorial"]
      .concat("--actors", "1", "--emotions", "angry,fearful", "--modality", "audio");
    const rowsIn = async (folder: string) =>
      JSON.parse(await Deno.readTextFile(join(folder, "results.json"))).rows;
    const deno = join(place.folder, "deno");
    assert.equal((await callTask("run", [...flags, "--out", deno])).code, 0);
    const rows = await rowsIn(deno);
    assert(rows.length > 2);
    for (const program of ["node", (await runtimes()).node22]) {
      const out = await Deno.makeTempDir({ dir: place.folder });
      const args = [EMOFUSE, "run", ...flags, "--out", out];
      const { code, err } = await runProgram(place.folder, program, args);
      assert.equal(code, 0, err);
      assertClose(await rowsIn(out), rows, "rows");
    }
  },
);

/** The same values, numbers within 1e-6. */
function assertClose(value: unknown, wanted: unknown, path: string): void {
  if (typeof wanted === "number") {
    assert(Math.abs(value as number - wanted) < 1e-6, `${path}: ${value}, ${wanted}`);
  } else if (typeof wanted === "object" && wanted !== null) {
    assert.deepEqual(Object.keys(value as object), Object.keys(wanted), path);
    for (const [key, part] of Object.entries(wanted)) {
      assertClose((value as Record<string, unknown>)[key], part, `${path}.${key}`);
    }
  } else assert.equal(value, wanted, path);
}
