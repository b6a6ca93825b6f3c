/**
 * `deno task pretrain`: the model that comes with Emofuse, made anew from a corpus; and the one for research.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256Hex } from "../models/sha256.ts";
import { StoreError } from "../src/pipeline/store/store_error.ts";
import { findTestSamples } from "../src/pretrain/find_test_samples.ts";
import { licencesOf } from "../src/pretrain/licences.ts";
import { pretrain } from "../src/pretrain/pretrain.ts";
import { renderReadme } from "../src/pretrain/render_readme.ts";
import { type Progress, startProgress } from "../src/report/progress.ts";
import { writeFileAtomically } from "../src/runtime/write_file_atomically.ts";
import { runCommand, UsageError } from "./command.ts";
import { EXPECTED_ERRORS } from "./shared/expected_errors.ts";
import { pretrainCommand, readPretrainFlags } from "./flags/pretrain_flags.ts";
import { checkWritableFolder } from "./shared/check_writable.ts";

/** Terms of networks that do not bring them. */
const APACHE = new URL("../adapters/bundle/licences/Apache-2.0.txt", import.meta.url);

await runCommand(pretrainCommand(), async (flags) => {
  const { kind, config, places, films, tests } = readPretrainFlags(flags);
  await checkWritableFolder(places.out, { flag: "--out", value: String(flags.out) });
  const stages = stageBars();
  try {
    const made = await pretrain({
      kind,
      config,
      places,
      films: films && await findTestSamples(films),
      tests: await Promise.all(tests.map((test) => findTestSamples(test))),
      onProgress: stages.update,
    });
    stages.stop();
    const { bytes, card } = made;
    const sha256 = await sha256Hex(bytes);
    const model = `${kind.name}.emofuse`;
    const readme = renderReadme(made, kind, { name: model, bytes: bytes.length, sha256 });
    await writeFileAtomically(join(places.out, model), bytes);
    await writeFileAtomically(join(places.out, kind.files.readme), readme);
    await writeFileAtomically(
      join(places.out, kind.files.licences),
      licencesOf(card, kind, await readFile(APACHE, "utf8")),
    );
    console.log(readme);
  } catch (error) {
    if (error instanceof StoreError && !error.mayPass) {
      throw new UsageError(`--store ${error.message}`);
    }
    throw error;
  } finally {
    stages.stop();
  }
}, EXPECTED_ERRORS);

/** A line of progress for each stage, one after the other. */
function stageBars() {
  let bar: Progress | undefined;
  let current = "";
  return {
    update: (stage: string, done: number, total: number) => {
      if (stage !== current) bar?.stop();
      if (stage !== current || !bar) bar = startProgress(current = stage, "clips");
      bar.update(done, total);
    },
    stop: () => bar?.stop(),
  };
}
