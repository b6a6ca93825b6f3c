import type { Command } from "commander";
import type { ClipFilterOption, Corpus } from "../../src/corpus/corpus.ts";
import { type ClipFilter, GENERAL_FILTERS } from "../../src/corpus/filter.ts";
import { FlagValueError } from "../../src/corpus/flag_value_error.ts";
import { CORPORA } from "../../src/corpus/registry.ts";
import { parsed, UsageError } from "../command.ts";

/** The filters of all corpora; where two have the same flag, the first that can read a value does. */
function filterOptions(corpora: readonly Corpus[]): ClipFilterOption[] {
  const all = [...corpora.flatMap(({ filters }) => filters), ...GENERAL_FILTERS];
  return Array.from(Map.groupBy(all, ({ flag }) => flag).values(), (same) => ({
    ...same[0],
    parse: (text) => parseWithFirst(same, text),
  }));
}

function parseWithFirst(
  [first, ...others]: readonly ClipFilterOption[],
  text: string,
): readonly (string | number)[] {
  try {
    return first.parse(text);
  } catch (error) {
    if (others.length === 0 || !(error instanceof FlagValueError)) throw error;
    return parseWithFirst(others, text);
  }
}

/** Adds the flags that choose clips: those that choose speakers first, then labels, then the others. */
export function addFilterFlags(
  command: Command,
  corpora: readonly Corpus[] = CORPORA,
): Command {
  const first = ["speaker", "label"];
  const rank = ({ reads }: ClipFilterOption) => first.includes(reads) ? first.indexOf(reads) : 2;
  for (const option of filterOptions(corpora).toSorted((a, b) => rank(a) - rank(b))) {
    command.addOption(parsed(`--${option.flag} <list>`, option.description, option.parse));
  }
  return command;
}

/**
 * The filter that the flags of `addFilterFlags` describe.
 *
 * @throws {UsageError} If two flags choose by the same thing.
 */
export function readFilter(
  flags: Record<string, unknown>,
  corpora: readonly Corpus[] = CORPORA,
): ClipFilter {
  const given = filterOptions(corpora).filter(({ flag }) => flags[flag] !== undefined);
  for (const [, [one, other]] of Map.groupBy(given, ({ reads }) => reads)) {
    if (other) {
      throw new UsageError(
        `--${one.flag} and --${other.flag} choose by the same thing; allowed: one of the two`,
      );
    }
  }
  return Object.fromEntries(
    given.map(({ key, flag }) => [key, flags[flag] as readonly (string | number)[]]),
  );
}
