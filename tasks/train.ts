/**
 * `deno task train`: clips to a bundle.
 *
 * @module
 */

import { join, parse } from "node:path";
import { sha256Hex } from "../models/sha256.ts";
import { chooseProtocol } from "../src/train/choose_protocol.ts";
import { trainBundle } from "../src/train/train_bundle.ts";
import type { RunConfig, RunPlaces } from "../src/pipeline/config.ts";
import type { ModelCard } from "../src/recognize/bundle/model_card.ts";
import { writeFileAtomically } from "../src/runtime/write_file_atomically.ts";
import { terminalWidth } from "../src/terminal/terminal_width.ts";
import { wrapText } from "../src/terminal/wrap_text.ts";
import { checkWritable } from "./shared/check_writable.ts";
import { runCommand } from "./command.ts";
import { readFolders } from "./flags/data_flag.ts";
import { EXPECTED_ERRORS } from "./shared/expected_errors.ts";
import { checkFolds, HONEST } from "./flags/fold_plan_flags.ts";
import { resolvePath } from "./paths.ts";
import { reportRun } from "./shared/report_run.ts";
import { readPlaces } from "./flags/run_flags.ts";
import { readTrainFlags, trainCommand } from "./flags/train_flags.ts";

await runCommand(trainCommand(), async (flags) => {
  const { out, run, json } = flags as {
    out: string;
    run?: string;
    json?: boolean;
  };
  const { config: asked, options } = readTrainFlags(flags);
  const path = resolvePath(out);
  const { dir, name } = parse(path);
  await checkWritable(path, { flag: "--out", value: out }, "a bundle");
  const places = readPlaces(flags, {
    ...readFolders(flags),
    out: run ?? join(dir, `${name}-protocol`),
  });
  const config = asked.protocol === HONEST ? await withProtocol(asked, places) : asked;
  const finished = await reportRun(config, places, json ? "nothing" : "table");
  console.error("fitting on all samples");
  const { bytes, card } = await trainBundle(finished, options);
  await writeFileAtomically(path, bytes);
  if (json) console.log(JSON.stringify(card, null, 2));
  else {
    const text = summary(card, path, bytes.length, await sha256Hex(bytes));
    console.log(wrapText(text, terminalWidth()));
  }
}, EXPECTED_ERRORS);

/** The run under the protocol that the number of its speakers asks for. */
async function withProtocol(asked: RunConfig, places: RunPlaces): Promise<RunConfig> {
  const protocol = await chooseProtocol(asked, places);
  if (asked.folds !== null) {
    const chosen = `; --protocol ${HONEST} takes ${protocol} for so few speakers`;
    checkFolds(asked.folds, protocol, chosen);
  }
  return { ...asked, protocol };
}

function summary(card: ModelCard, path: string, size: number, sha256: string): string {
  const { dtype, rounding: { samples, changed, maxDifference, through }, protocol } = card;
  const sure = card.calibration?.at(-1);
  return [
    "",
    `${path}: ${(size / 1e6).toFixed(2)} MB, SHA-256 ${sha256}`,
    `${card.name}; labels: ${card.labels.join(", ")}`,
    `stored as ${dtype}: ${changed} of ${samples} predictions changed, probabilities by at most ` +
    `${maxDifference} (measured on ${
      through === "features" ? "stored features of all samples" : "clips of the corpus, read again"
    })`,
    `judged by ${protocol.name} on clips that the judged models had not seen: ` +
    "the column test says what to expect, train does not",
    ...sure && sure.eceAfter !== null
      ? [
        `expected calibration error on them ${sure.eceAfter.toFixed(3)} (${
          sure.eceBefore.toFixed(3)
        } before a temperature of ${sure.temperature.toFixed(2)}); right in ` +
        `${(100 * sure.surestHalf).toFixed(0)} % of the half that it is surest of`,
      ]
      : [],
    card.licence.weights,
  ].join("\n");
}
