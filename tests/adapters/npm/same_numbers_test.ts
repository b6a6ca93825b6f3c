import assert from "node:assert/strict";
import { join } from "node:path";
import { testWith } from "../../needs.ts";
import { cremaDDir, emoDbDir, ravdessDir } from "../../ravdess.ts";
import { callTask } from "../../tasks/cli.ts";
import { programFolder } from "./installed_package.ts";
import { runNode, runProgram } from "./run_program.ts";
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
    const predict = ["predict", "--json", ...clips];
    const { node22, bun } = await runtimes();
    for (const program of ["node", node22, bun]) {
      const { code, out, err } = await runProgram(place.folder, program, [EMOFUSE, ...predict]);
      assert.equal(code, 0, err);
      assertSame(JSON.parse(out), wanted, 1e-6);
    }
  },
);
