import { type Command, InvalidArgumentError } from "commander";
import { knownProtocol, PROTOCOL_NAMES } from "../../src/split/protocols/registry.ts";
import type { RunConfig } from "../../src/pipeline/config.ts";
import { planRecipes } from "../../src/pipeline/recipes/plan_recipes.ts";
import { recipes as allRecipes } from "../../src/pipeline/recipes/registry.ts";
import { type Normalisation, NORMALISATIONS } from "../../src/pipeline/fold/normalisation.ts";
import { parsed, UsageError } from "../command.ts";
import { protocolName } from "./protocol_flag.ts";

/** Adds the flags that say what is fitted. */
export function addRecipeFlags(command: Command): Command {
  const names = allRecipes().map(({ name }) => name);
  return command
    .addOption(
      parsed(
        "--recipes <list>",
        `what is fitted: ${names.join(", ")} (default: tutorial, or ` +
          `${quickRecipes().join(" and ")} where the protocol is another one)`,
        listOf(names),
      ),
    )
    .addOption(
      parsed(
        "--normalise <list>",
        "whose statistics normalise features, but for the tutorial's recipe: none, train, own, corpus",
        listOf(Object.keys(NORMALISATIONS)),
      ),
    );
}

/** What the flags of `addRecipeFlags` ask for, under a protocol. */
export function readRecipes(
  options: Record<string, unknown>,
  protocol: string,
): RunConfig["recipes"] {
  const { recipes, normalise } = options as {
    recipes?: string[];
    normalise?: Normalisation[];
  };
  const also = knownProtocol(protocol)?.acrossCorpora ? ["corpus" as const] : [];
  return planRecipes(recipes ?? defaultRecipes(protocol), normalise, also);
}

/** Adds the flag that asks for more protocols. */
export function addAlsoFlag(command: Command): Command {
  return command.addOption(
    parsed(
      "--also <list>",
      "run the same under these protocols too, for comparison",
      listOf(PROTOCOL_NAMES),
    ),
  );
}

/**
 * The same run under the other protocols that `--also` names; folds are the protocol's own.
 *
 * @throws {UsageError} If a protocol is the run's own.
 */
export function readAlso(options: Record<string, unknown>, config: RunConfig): RunConfig[] {
  const protocols = new Set(((options.also ?? []) as string[]).map(protocolName));
  return Array.from(protocols, (protocol) => {
    if (protocol === config.protocol) {
      throw new UsageError(`--also ${protocol} is the --protocol of the run itself`);
    }
    return { ...config, protocol, folds: null };
  });
}

/** The recipes of a protocol unless others are asked for: its own, or all but the slow ones. */
function defaultRecipes(protocol: string): readonly string[] {
  return knownProtocol(protocol)?.recipes ?? quickRecipes();
}

/** Names of the recipes that do not have to be asked for. */
function quickRecipes(): string[] {
  return allRecipes().flatMap(({ name, onRequest }) => onRequest ? [] : [name]);
}

/** Reads a list of `names`, without repetition, in their order. */
function listOf(names: readonly string[]): (text: string) => string[] {
  return (text) => {
    const wanted = text.split(",").map((name) => name.trim());
    const unknown = wanted.find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw new InvalidArgumentError(`"${unknown}" is none of them. Allowed: ${names.join(", ")}.`);
    }
    return names.filter((name) => wanted.includes(name));
  };
}
