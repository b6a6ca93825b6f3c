import assert from "node:assert/strict";
import { resolve } from "node:path";
import { command, UsageError } from "../../tasks/command.ts";
import { corpusFlag, dataFlag, readFolders } from "../../tasks/flags/data_flag.ts";
import { labelMapFlag, readLabelMap } from "../../tasks/flags/label_map_flag.ts";
import { resolvePath } from "../../tasks/paths.ts";

function flags(...args: string[]): Record<string, unknown> {
  return command("test", "Tests.").addOption(dataFlag()).addOption(corpusFlag())
    .addOption(labelMapFlag()).configureOutput({ writeErr: () => {} })
    .parse(args, { from: "user" }).opts();
}

const folders = (...args: string[]) => readFolders(flags(...args));

Deno.test("--data names one folder, or several with the corpus before each", () => {
  const [a, b] = ["a", "b"].map((dir) => resolvePath(dir));
  assert.deepEqual(folders("--data", "a"), { data: a });
  assert.deepEqual(folders("--data", "a", "--data", "a"), { data: a });
  assert.deepEqual(folders("--data", "a", "--corpus", "tess"), {
    ...{ data: a, folders: [{ dir: a, corpus: "tess" }] },
  });
  assert.deepEqual(folders("--data", "ravdess=a", "--data", "b"), {
    ...{ data: a, folders: [{ dir: a, corpus: "ravdess" }, { dir: b }] },
  });
  assert.deepEqual(folders("--data", "./x=y"), { data: resolve(resolvePath("x=y")) });
});

Deno.test("--data, --corpus and --label-map name what they refuse and what is allowed", async () => {
  const refused = (work: () => unknown, message: RegExp) =>
    assert.throws(work, (error) => error instanceof UsageError && message.test(error.message));
  refused(() => folders(), /^--data is missing/);
  refused(() => folders("--data", ""), /^--data is empty/);
  refused(() => folders("--data", "tess="), /^--data is empty/);
  refused(() => folders("--data", "x=y"), /no corpus "x"; allowed: ravdess,.*\.\/x=y/);
  refused(
    () => folders("--data", "a", "--data", "b", "--corpus", "tess"),
    /^--corpus tess is for one/,
  );
  assert.throws(
    () => flags("--label-map", "big5"),
    /"big5" is not a label map; allowed: big4, ekman6/,
  );
  assert.equal(readLabelMap(flags("--label-map", "ekman6+neutral"))?.labels.neutral, "neutral");
  assert.equal(readLabelMap({}), undefined);
  const file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(file, '{"angry": ""}');
  refused(() => readLabelMap({ labelMap: file }), /^--label-map .*\.json: "angry" leads to ""/);
  await Deno.remove(file);
  refused(() => readLabelMap({ labelMap: file }), /^--label-map .*cannot be read/);
});
