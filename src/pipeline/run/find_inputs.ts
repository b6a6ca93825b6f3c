import { fileOf } from "../../corpus/span.ts";
import type { Protocol } from "../../split/protocol.ts";
import { findProtocol } from "../../split/protocols/registry.ts";
import { type CodeIdentity, codeIdentity } from "./code_identity.ts";
import type { RunConfig, RunPlaces } from "../config.ts";
import { needsMetBy } from "../extract/feature_sources.ts";
import { describeNetworks, type RunNetworks } from "../extract/run_networks.ts";
import { findSamples, type FoundSamples } from "../samples/find_samples.ts";
import { checkGroups } from "../samples/check_groups.ts";
import { openTables, type RunTables } from "../tables/open_tables.ts";
import { keepTabled, tableRemarks } from "../tables/tabled_samples.ts";
import { planTables } from "../recipes/plan_tables.ts";
import { usableClasses } from "../samples/classes.ts";
import type { RecipePlan } from "../recipes/recipe.ts";
import { featureSet } from "../../features/registry.ts";
import { wantedSets } from "../extract/wanted_sets.ts";
import { RecipeError } from "../recipes/recipe_error.ts";
import { recipes } from "../recipes/registry.ts";
import { chooseRecipes } from "../recipes/choose_recipes.ts";
import { missingFolds } from "../../split/preset_folds.ts";
import { splitSamples } from "../samples/split_samples.ts";

/** What a run starts from beside its clips. */
export interface RunSettings {
  /** The settings of the run, as `results.json` quotes them. */
  readonly config: RunConfig;
  /** Folders and files of the run, as absolute paths. */
  readonly places: RunPlaces;
  /** Version and SHA-256 of the code that runs, for the lock. */
  readonly code: CodeIdentity;
  /** The protocol that the settings name. */
  readonly protocol: Protocol;
  /** What is fitted: the recipes of the settings, and those of tables. */
  readonly plans: readonly RecipePlan[];
  /** Features that somebody else computed, by name. */
  readonly tables: RunTables;
  /** The frozen networks of the run. */
  readonly networks: RunNetworks;
}

/** What a run starts from, known before any clip is decoded. */
export interface RunInputs extends RunSettings {
  /** The samples that the folder of clips gives. */
  readonly found: FoundSamples;
}

/**
 * Scans the folder of clips and checks all that can be checked before the long work: that every recipe
 * has features to work on, that enough classes are left, that the protocol can split these samples, and
 * that the networks' weights are there.
 *
 * @throws {RecipeError} If the run can compute none of the feature sets of a recipe.
 * @throws {CorpusError} If the folder of clips cannot be used.
 * @throws {LandmarksError} If the folder of landmarks cannot be used.
 * @throws {ClassError} If fewer than two classes have enough clips.
 * @throws {ProtocolError} If there is no such protocol, or it cannot split these samples.
 * @throws {TableError} If a table of features cannot be used.
 * @throws {GroupError} If samples cannot be divided as the settings say.
 * @throws {WeightsError} If a network's weights are missing or damaged.
 */
export async function findInputs(asked: RunConfig, places: RunPlaces): Promise<RunInputs> {
  return await findClips(await findSettings(asked, places));
}

/**
 * What {@linkcode findInputs} does before it looks for clips.
 *
 * @throws {RecipeError} If the run can compute none of the feature sets of a recipe.
 * @throws {ProtocolError} If there is no such protocol.
 * @throws {TableError} If a table of features cannot be used.
 * @throws {WeightsError} If a network's weights are missing or damaged.
 */
export async function findSettings(asked: RunConfig, places: RunPlaces): Promise<RunSettings> {
  const code = await codeIdentity();
  const protocol = findProtocol(asked.protocol);
  // A protocol's other name leaves no trace: results are the same whichever was given.
  const { config: named, networks } = await describeNetworks(
    { ...asked, protocol: protocol.name },
    places,
  );
  const { config, tables } = await openTables(named, places);
  chooseRecipes(config.recipes, needsMetBy(config));
  if (config.ear && !wantedSets(config).some(({ needs }) => needs === "speech")) {
    throw new RecipeError(
      `no recipe of this run hears through a trained ear (${config.ear.name}); those that do: ` +
        recipesThatHear().join(", "),
    );
  }
  const plans = planTables(config.recipes, config.tables ?? []);
  return { config, plans, tables, places, code, protocol, networks };
}

/**
 * What {@linkcode findInputs} does with settings that are found.
 *
 * @throws {CorpusError} If the folder of clips cannot be used.
 * @throws {LandmarksError} If the folder of landmarks cannot be used.
 * @throws {ClassError} If fewer than two classes have enough clips.
 * @throws {ProtocolError} If the protocol cannot split these samples.
 * @throws {GroupError} If samples cannot be divided as the settings say.
 */
export async function findClips(settings: RunSettings): Promise<RunInputs> {
  const { config, places, protocol, tables } = settings;
  const found = inTables(await findSamples(config, places, protocol), tables);
  if (config.by) checkGroups(config.by, found.samples);
  // Made again of those samples that can be decoded: here only to learn of what is impossible.
  splitSamples(config, protocol, found.samples, found.classes, found.corpus);
  return {
    ...settings,
    places: found.folders ? { ...places, folders: found.folders } : places,
    found,
  };
}

/** Names of the recipes that take features of a trained ear. */
function recipesThatHear(): string[] {
  return recipes().flatMap(({ name, features }) =>
    features.audio?.some((set) => featureSet(set).needs === "speech") ? [name] : []
  );
}

/** The samples of which every table has a row. */
function inTables(all: FoundSamples, tables: RunTables): FoundSamples {
  if (tables.size === 0) return all;
  const { kept, skipped } = keepTabled(all.samples, tables);
  const left = [...all.skipped, ...skipped];
  const usable = usableClasses(kept, (sample) => sample, all.corpus, left);
  return {
    ...all,
    samples: usable.kept,
    classes: usable.classes,
    skipped: [...left, ...usable.skipped],
  };
}

/** The clips that a run may read, one or two a sample: those that are best for picture and sound. */
export function clipsOf({ found }: RunInputs): string[] {
  return found.samples.flatMap(({ picture, sound }) =>
    [...new Set([picture[0], sound[0]])].flatMap((clip) => clip ? [fileOf(clip)] : [])
  );
}

/** What people should know of the inputs, a line each. */
export function remarksOf(
  { config: { folds }, found: { corpus, why, samples }, tables }: RunInputs,
): string[] {
  const preset = corpus.folds.find(({ name }) => name === folds);
  const missing = preset ? missingFolds(preset, samples.map(({ speaker }) => speaker)) : [];
  const known = [`corpus: ${why}`, ...tableRemarks(tables, samples)];
  if (!preset || missing.length === 0) return known;
  const many = missing.length > 1;
  return [
    ...known,
    `folds: of the ${preset.speakers.length} ${preset.name} folds, ${missing.join(", ")} ` +
    `${many ? "have" : "has"} no ${corpus.words.speaker.one} here and ${
      many ? "are" : "is"
    } not run`,
  ];
}
