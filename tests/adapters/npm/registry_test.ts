import assert from "node:assert/strict";
import { join } from "node:path";
import { testWith } from "../../needs.ts";
import { emoDbDir } from "../../ravdess.ts";
import { callTask, newcomersEnv } from "../../tasks/cli.ts";
import { withFolder } from "../../with_folder.ts";
import { ENTRIES, exampleOf } from "./examples.ts";
import { startRegistry } from "./registry.ts";
import { type ProgramResult, runProgram } from "./run_program.ts";

/** What asks for the package by its address, in whatever folder. */
const BY_ADDRESS = /(?<= from ")(?=emofuse["/])/g;

await testWith(
  ["node", "npm package", "emo-db"],
  "the package comes from a registry: by npm: specifiers, as a command of Deno and npx, and installed as one by Deno",
  async (t) => {
    await withFolder(async (dir) => {
      await using registry = await startRegistry();
      const caches = { DENO_DIR: join(dir, "deno"), npm_config_cache: join(dir, "npm") };
      const env = { ...newcomersEnv(), ...registry.env, ...caches };
      const empty = join(dir, "empty");
      await Deno.mkdir(empty);
      const run = (program: string, ...args: string[]) => runProgram(empty, program, args, env);
      const works = ({ code, out, err }: ProgramResult) => (assert.equal(code, 0, err), out);

      for (const entry of ENTRIES) {
        await t.step(`npm:${entry}`, async () => {
          const file = join(empty, `${entry.replace("/", "-")}.ts`);
          await Deno.writeTextFile(file, exampleOf(entry).replaceAll(BY_ADDRESS, "npm:"));
          works(await run(Deno.execPath(), "run", "-A", file));
        });
      }

      const clip = join(emoDbDir()!, "flac", "03a01Fa.flac");
      const ask = ["predict", "--json", clip];
      const wanted = JSON.parse((await callTask("predict", ask.slice(1))).out);
      await t.step("npx emofuse, with an empty cache", async () => {
        const [{ label }] = JSON.parse(works(await run("npx", "--yes", "emofuse", ...ask)));
        assert.equal(label, wanted[0].label);
      });
      await t.step("deno run npm:emofuse", async () => {
        const told = works(await run(Deno.execPath(), "run", "-A", "npm:emofuse", ...ask));
        assert.deepEqual(JSON.parse(told), wanted);
      });
      await t.step("deno install --global npm:emofuse", async () => {
        const args = ["install", "--global", "--allow-all", "--root", dir, "npm:emofuse"];
        works(await run(Deno.execPath(), ...args));
        const told = works(await run(join(dir, "bin", "emofuse"), ...ask));
        assert.deepEqual(JSON.parse(told), wanted);
      });
    });
  },
);
