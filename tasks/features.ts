/**
 * `deno task features --data DIR --features NAME --out FILE`: writes feature sets as a table, a row a clip.
 *
 * @module
 */

import { extname } from "node:path";
import { filterClips } from "../src/corpus/filter.ts";
import { scanFolders } from "../src/corpus/scan_folders.ts";
import { CorpusError } from "../src/corpus/corpus_error.ts";
import { featureSets } from "../src/features/registry.ts";
import { extractCorpus } from "../src/pipeline/extract/extract_corpus.ts";
import { needsMetBy } from "../src/pipeline/extract/feature_sources.ts";
import { describeNetworks } from "../src/pipeline/extract/run_networks.ts";
import { openStore } from "../src/pipeline/store/open_store.ts";
import { findLandmarkFiles } from "../src/pipeline/samples/find_landmark_files.ts";
import { makeSamples } from "../src/pipeline/samples/samples.ts";
import {
  type ClipFeatureSet,
  makeFrameTable,
  makeTable,
} from "../src/pipeline/tables/make_table.ts";
import { TABLE_EXTENSIONS, writeTable } from "../src/pipeline/tables/write_table.ts";
import { startProgress } from "../src/report/progress.ts";
import { checkWritable } from "./shared/check_writable.ts";
import { command, listOf, parsed, runCommand, UsageError } from "./command.ts";
import { EXPECTED_ERRORS } from "./shared/expected_errors.ts";
import { corpusFlag, dataFlag, readFolders } from "./flags/data_flag.ts";
import { addFilterFlags } from "./flags/filter_flags.ts";
import { addFeatureFlags, landmarksFlag, readConfig, readPlaces } from "./flags/run_flags.ts";

/** The sets that clips give by themselves; the others are fitted anew in every fold. */
const SETS: ReadonlyMap<string, ClipFeatureSet> = new Map(
  featureSets().flatMap((set) => set.needs === "head" ? [] : [[set.name, set] as const]),
);

function checkNames(names: readonly string[]): void {
  const unknown = names.find((name) => !SETS.has(name));
  if (unknown !== undefined) throw new RangeError(`Allowed: ${[...SETS.keys()].join(", ")}.`);
  if (new Set(names).size < names.length) throw new RangeError("Allowed: each name once.");
}

const features = addFeatureFlags(addFilterFlags(
  command("features", "Write feature sets as a table, a row a clip")
    .addOption(dataFlag().makeOptionMandatory())
    .addOption(corpusFlag())
    .addOption(
      parsed("--features <names>", [...SETS.keys()].join(", "), listOf(checkNames))
        .makeOptionMandatory(),
    )
    .requiredOption("--out <file>", `table to write: ${TABLE_EXTENSIONS.join(", ")}`),
)).addOption(landmarksFlag())
  .option("--frames", "a row a frame, of one set that is a sequence");

await runCommand(features, async (options) => {
  const out = options.out as string;
  if (!TABLE_EXTENSIONS.includes(extname(out).toLowerCase())) {
    throw new UsageError(`--out ${out} is no table; allowed: ${TABLE_EXTENSIONS.join(", ")}`);
  }
  const names = options.features as string[];
  const sets = names.flatMap((name) => SETS.get(name) ?? []);
  if (options.frames && (sets.length > 1 || !sets[0].frames)) {
    const sequences = [...SETS.values()].filter((set) => set.frames).map(({ name }) => name);
    throw new UsageError(
      `--frames does not go with --features ${names}; allowed: one of ${sequences.join(", ")}`,
    );
  }
  const modalities = new Set(sets.map(({ modality }) => modality));
  const isGiven = features.getOptionValueSource("modality") === "cli";
  const modality = isGiven ? options.modality : modalities.size > 1 ? "av" : [...modalities][0];
  // Folds are no matter here; the tutorial's protocol takes every file for a sample.
  const places = readPlaces(options, { ...readFolders(options), out });
  const { config, networks } = await describeNetworks(
    readConfig({ ...options, modality, protocol: "tutorial" }),
    places,
  );
  const met = needsMetBy(config);
  const lacking = sets.find(({ needs }) => !met.has(needs));
  if (lacking) {
    throw new UsageError(
      `--features ${lacking.name} is computed from ${lacking.needs}, and --modality ${modality} ` +
        `with --backbone ${options.backbone} gives ${[...met].join(", ")}` +
        (lacking.needs === "speech" ? ": name the weights of an ear by --ear FILE" : ""),
    );
  }
  if (places.ear && !sets.some(({ needs }) => needs === "speech")) {
    const heard = [...SETS.values()].filter(({ needs }) => needs === "speech");
    throw new UsageError(
      `--ear ${options.ear} goes with none of --features ${names}; allowed: ` +
        heard.map(({ name }) => name).join(", "),
    );
  }
  await checkWritable(places.out, { flag: "--out", value: out });
  const scanned = await scanFolders(places.folders ?? [{ dir: places.data }]);
  const landmarks = places.landmarks && await findLandmarkFiles(places.landmarks, scanned.corpus);
  const clips = filterClips(scanned, config.filter);
  const { samples, skipped } = makeSamples(clips, {
    modality: config.modality,
    mergeTwins: false,
    words: scanned.corpus.words,
    ...(landmarks && { landmarks }),
  });
  if (samples.length === 0) throw new CorpusError(places.data, "no clip in it can be used");
  const store = await openStore(places);
  const progress = startProgress("features", "clips");
  try {
    const { extracted, skipped: failed } = await extractCorpus(config, places, {
      samples,
      store,
      networks,
      sets,
      onProgress: (done, total, cached) =>
        progress.update(done, total, `${cached}/${total} cached`),
    });
    progress.stop();
    const inputs = { config, store, networks, earFile: places.ear, samples: extracted };
    const table = options.frames
      ? await makeFrameTable(sets[0], inputs)
      : await makeTable(sets, inputs);
    await writeTable(places.out, table);
    for (const { file, reason } of [...scanned.skipped, ...skipped, ...failed]) {
      console.error(`skipped ${file}: ${reason}`);
    }
    console.log(`${out}: ${extracted.length} clips, ${table.names.length} features`);
  } finally {
    progress.stop();
  }
}, EXPECTED_ERRORS);
