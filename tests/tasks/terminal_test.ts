import assert from "node:assert/strict";
import { join } from "node:path";
import { testWith } from "../needs.ts";
import { runInTerminal } from "../terminal.ts";
import { newcomersEnv, ROOT, taskArgs } from "./cli.ts";
import { writeToneCorpus } from "./tone_corpus.ts";

/** What was written between control codes: no piece may be longer than a line of the terminal. */
function pieces(text: string): string[] {
  // deno-lint-ignore no-control-regex
  return text.split(/\x1b\[[0-9;?]*[A-Za-z]|\x1b[78]|[\r\n]/);
}

await testWith(
  ["script"],
  "bars, table and text of a run fit the terminal that they are shown in",
  async () => {
    const dir = await Deno.makeTempDir();
    try {
      const data = join(dir, "corpus");
      await writeToneCorpus(data, { actors: 3, takes: 2 });
      const run = async (columns: number) => {
        const args = [
          ...[...taskArgs("run"), "--data", data, "--store", join(dir, "store")],
          ...["--out", join(dir, "out"), "--modality", "audio", "--recipes", "statistics"],
          ...["--protocol", "speaker-independent", "--normalise", "train,own"],
        ];
        const { code, text } = await runInTerminal(Deno.execPath(), args, {
          ...{ columns, cwd: ROOT, env: { ...newcomersEnv(), INIT_CWD: ROOT } },
        });
        assert.equal(code, 0, text);
        // The folder of this run is one word, and as long as it is.
        const long = pieces(text.replaceAll(dir, "")).filter((piece) => piece.length > columns);
        assert.deepEqual(long, [], `${columns} columns`);
        assert.match(text, /features +■+ +\d+\/12 samples/);
        return text.replaceAll("\r", "");
      };
      const narrow = await run(64);
      assert.match(narrow, /\nvoice, normalised by training set\n {2}lda-shrinkage +\d/);
      assert.match(narrow, /\(left out for want of room: train/);
      const wide = await run(200);
      assert.match(wide, /\n│ voice +│ training set +│ lda-shrinkage +│/);
      assert.doesNotMatch(wide, /left out/);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
);
