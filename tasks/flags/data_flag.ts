import { Option } from "commander";
import { CORPORA } from "../../src/corpus/registry.ts";
import type { CorpusFolder } from "../../src/corpus/scan_folders.ts";
import type { RunPlaces } from "../../src/pipeline/config.ts";
import { choice, UsageError } from "../command.ts";
import { resolvePath } from "../paths.ts";

const NAMES = CORPORA.map(({ name }) => name);

/** The flag `--data`, which may be given several times. */
export function dataFlag(): Option {
  return new Option(
    "--data <dir>",
    "folder of the clips, searched with everything below it, or their list (.csv, .tsv, .jsonl); several corpora: NAME=DIR, each with a " +
      "--data of its own",
  )
    // Arguments are parsed twice: first to refuse unknown flags. A folder given twice is one.
    .argParser((
      text: string,
      before: readonly string[] | undefined,
    ) => [...new Set(before).add(text)]);
}

/** The flag that says which corpus a folder is of. */
export function corpusFlag(): Option {
  return choice(
    "--corpus <name>",
    "corpus of the clips (default: recognised by their names)",
    NAMES,
  );
}

/**
 * The folders that `--data` and `--corpus` name.
 *
 * @throws {UsageError} If there is none, one is empty, its corpus is unknown, or `--corpus` is given with
 * several.
 */
export function readFolders(
  { data = [], corpus }: { readonly data?: readonly string[]; readonly corpus?: string },
): Pick<RunPlaces, "data" | "folders"> {
  const folders = data.map((text) => readFolder(text));
  const [first] = folders;
  if (first === undefined) {
    throw new UsageError("--data is missing; allowed: the folder of the clips");
  }
  if (corpus !== undefined && (folders.length > 1 || first.corpus !== undefined)) {
    throw new UsageError(
      `--corpus ${corpus} is for one folder without a name; allowed: --data NAME=DIR for each of several`,
    );
  }
  if (folders.length > 1) return { data: first.dir, folders };
  const told = corpus ?? first.corpus;
  return told === undefined
    ? { data: first.dir }
    : { data: first.dir, folders: [{ dir: first.dir, corpus: told }] };
}

/**
 * The folder that a value such as `crema-d=DIR` names, or a folder alone.
 *
 * @param flag The flag, for errors.
 *
 * @throws {UsageError} If it is empty, or its corpus is unknown.
 */
export function readFolder(text: string, flag = "--data"): CorpusFolder {
  const [, name, dir = text] = /^([a-z][a-z0-9-]*)=(.*)$/.exec(text) ?? [];
  if (dir === "") throw new UsageError(`${flag} is empty; allowed: the folder of the clips`);
  if (name === undefined) return { dir: resolvePath(dir) };
  if (NAMES.includes(name)) return { dir: resolvePath(dir), corpus: name };
  throw new UsageError(
    `${flag} ${text}: there is no corpus "${name}"; allowed: ${
      NAMES.join(", ")
    }, or a folder alone ` +
      `(one whose name has a "=": ./${text})`,
  );
}
