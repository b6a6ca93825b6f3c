import type { Command } from "commander";
import type { ListChoice } from "../../src/corpus/manifest/list_choice.ts";

/** Adds the flags that say what holds what in a list of clips. */
export function addListFlags(command: Command): Command {
  return command
    .option("--table <names>", "tables of an audformat folder (default: those with emotions)")
    .option("--label-column <name>", "column of a list's labels (default: label, or emotion)")
    .option("--speaker-column <name>", "column of a list's speakers (default: speaker)");
}

/** What the flags of `addListFlags` choose; undefined where none is given. */
export function readListChoice(options: Record<string, unknown>): ListChoice | undefined {
  const { table, labelColumn: label, speakerColumn: speaker } = options as Record<
    string,
    string | undefined
  >;
  if (table === undefined && label === undefined && speaker === undefined) return undefined;
  const choice = { table, label, speaker };
  return Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined));
}
