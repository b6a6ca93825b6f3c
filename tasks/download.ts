/**
 * `deno task download CORPUS`: fetches a corpus from where its authors publish it.
 *
 * @module
 */

import process from "node:process";
import { createInterface } from "node:readline/promises";
import { Argument } from "commander";
import { CorpusError } from "../src/corpus/corpus_error.ts";
import { CORPORA } from "../src/corpus/registry.ts";
import { parseNames } from "../src/corpus/parse/parse_names.ts";
import { fetchOffer } from "../src/download/fetch_offer.ts";
import type { Licence } from "../src/download/licence.ts";
import { offerCorpus } from "../src/download/offer_corpus.ts";
import { bytesOf, showBytes, showOffer } from "../src/download/show_offer.ts";
import type { RunModality } from "../src/modality.ts";
import { startProgress } from "../src/report/progress.ts";
import { DownloadError } from "../src/runtime/http/download_error.ts";
import type { Patience } from "../src/runtime/http/patience.ts";
import { terminalWidth } from "../src/terminal/terminal_width.ts";
import { command, integer, parsed, runCommand, UsageError } from "./command.ts";
import { addFilterFlags, readFilter } from "./flags/filter_flags.ts";
import { resolvePath } from "./paths.ts";

const PUBLISHED = CORPORA.filter(({ publication }) => publication !== undefined);

/** What files may carry, in the words of `--modality` of the other tasks. */
const CARRIED: readonly RunModality[] = ["av", "audio", "video"];

const download = addFilterFlags(
  command("download", "Fetch a corpus from where its authors publish it")
    .addArgument(
      new Argument("<corpus>", "what to fetch").choices(PUBLISHED.map(({ name }) => name)),
    )
    .option("--out <dir>", "the folder to put it into (default: the corpus's name)")
    .addOption(parsed(
      "--modality <list>",
      "av (films with their sound), audio (sounds), video (silent films) (default: all that there are)",
      (text) => parseNames(text, CARRIED, "a modality"),
    ))
    .option("--accept-licence", "accept its terms without being asked")
    .option("--dry-run", "say what would be fetched, and its terms; write nothing")
    .option("--from <address>", "a mirror, with a folder for each host: https://.../zenodo.org/...")
    .option("--attempts <n>", "requests in a row that may fail", integer(1, 100), 6)
    .option("--stall <seconds>", "how long nothing may come", integer(1, 3600), 60),
  PUBLISHED,
);

await runCommand(download, async (options, [name]) => {
  const corpus = PUBLISHED.find((corpus) => corpus.name === name)!;
  const { out = name, acceptLicence = false, dryRun = false, from, modality, attempts, stall } =
    options as {
      out?: string;
      acceptLicence?: boolean;
      dryRun?: boolean;
      from?: string;
      modality?: readonly RunModality[];
      attempts: number;
      stall: number;
    };
  if (from !== undefined && !/^https?:\/\//.test(from)) {
    throw new UsageError(`--from ${from} is no address; allowed: one that begins with https://`);
  }
  const root = resolvePath(out);
  let progress = startProgress("list", "of what is published");
  const patience: Patience = {
    attempts,
    stallSeconds: stall,
    onPause: ({ message }, seconds) =>
      progress.say(`${message}; it is asked again in ${Math.ceil(seconds)} s`),
  };
  const choice = { filter: readFilter(options, PUBLISHED), carries: modality };
  const offer = await offerCorpus(corpus, root, {
    choice,
    mirror: from,
    patience,
    onListed: (done, total, what) => progress.update(done, total, what),
  }).finally(() => progress.stop());
  for (const remark of offer.remarks) console.error(remark);
  if (dryRun) {
    console.log(showOffer(offer, terminalWidth()));
    return console.log(termsOf(offer.licence));
  }
  console.error(`${corpus.title}: ${showBytes(bytesOf(offer))} into ${root}`);
  progress = startProgress("download", "MB");
  await fetchOffer(offer, root, {
    accepts: (licence) => {
      console.error(termsOf(licence));
      return acceptLicence || ask();
    },
    patience,
    onProgress: (done, total, what) => progress.update(megabytes(done), megabytes(total), what),
  }).finally(() => progress.stop());
  console.log(root);
}, [DownloadError, CorpusError]);

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}

function termsOf({ title, terms, page }: Licence): string {
  return `${title}\nlicence: ${terms}\n${page}`;
}

/** @throws {UsageError} If nobody can be asked. */
async function ask(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError(
      "its terms are not accepted, and nobody can be asked; allowed: --accept-licence",
    );
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Who closes the input says nothing, and so does not say yes.
    const closed = new Promise<string>((resolve) => lines.once("close", () => resolve("no")));
    const question = lines.question("Do you accept these terms? yes/no: ");
    const answer = await Promise.race([question.catch(() => "no"), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
