import type { Command } from "commander";
import type { ClipFilterOption, Corpus } from "../../src/corpus/corpus.ts";
import { type ClipFilter, GENERAL_FILTERS } from "../../src/corpus/filter.ts";
import { FlagValueError } from "../../src/corpus/parse/flag_value_error.ts";
import { CORPORA } from "../../src/corpus/registry.ts";
import { parsed, UsageError } from "../command.ts";

/** The filters of all corpora; where two have the same flag, the first that can read a value does. */
function filterOptions(corpora: readonly Corpus[]): ClipFilterOption[] {
  const all = [...corpora.flatMap(({ filters }) => filters), ...GENERAL_FILTERS];
  return Array.from(Map.groupBy(all, ({ flag }) => flag).values(), (same) => ({
    ...same[0],
    description: [...new Set(same.map(({ description }) => description))].join("; or "),
    parse: (text) => parseWithFirst(same, text),
  }));
}

/** @throws {FlagValueError} If none can read it: the first one's, with what any of them allows. */
function parseWithFirst(
  options: readonly ClipFilterOption[],
  text: string,
): readonly (string | number)[] {
  const errors: FlagValueError[] = [];
  for (const { parse } of options) {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof FlagValueError)) throw error;
      errors.push(error);
    }
  }
  const [first] = errors;
  if (errors.length === 1) throw first;
  const allowed = new Set(errors.map((error) => error.allowed));
  throw new FlagValueError(first.value, first.what, [...allowed].join("; or "));
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
