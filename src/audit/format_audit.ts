import { type CorpusWords, countOf } from "../corpus/words.ts";
import type { SplitAudit } from "./audit_split.ts";
import type { LeakFile, LeakGroup, SplitLeak, SplitLeakKind } from "./split_leak.ts";

/** Groups of a kind, and files of a group, that are shown; the others are counted. */
const SHOWN = 5;

/**
 * What an audit found, in text: one line where nothing leaks, else a paragraph a kind with its first examples.
 *
 * @param words What the corpus calls speakers and takes.
 *
 * @example
 * ```ts
 * import { GENERAL_WORDS } from "../corpus/words.ts";
 * import { formatAudit } from "./format_audit.ts";
 * import assert from "node:assert/strict";
 *
 * const audit = {
 *   schema: "emofuse.audit/1", split: "mine.csv", kind: "sets", sides: { train: 3, test: 2 }, files: 5,
 *   heard: 5, leaks: [], unheard: [], unknownSpeakers: 0, unused: 0,
 * } as const;
 * assert.equal(
 *   formatAudit(audit, GENERAL_WORDS),
 *   "mine.csv: no leak among 5 files (train 3, test 2), of which 5 were heard",
 * );
 * ```
 */
export function formatAudit(audit: SplitAudit, words: CorpusWords): string {
  const { split, leaks, files, heard, sides } = audit;
  const counts = Object.entries(sides).map(([side, n]) => `${side} ${n}`).join(", ");
  const among = `${countOf(files, { one: "file", many: "files" })} (${counts})`;
  if (leaks.length === 0) {
    return `${split}: no leak among ${among}, of which ${heard} were heard`;
  }
  const titles = titlesOf(words);
  const parts = leaks.map(({ kind, groups }) =>
    [`${titles[kind]}: ${groups.length}`, ...exampleLines({ kind, groups }, words)].join("\n")
  );
  return [`${split} leaks: ${among}, of which ${heard} were heard`, ...parts].join("\n\n");
}

/**
 * What limits an audit, a sentence each: what could not be looked at, and what a split leaves out.
 *
 * @param words What the corpus calls speakers and takes.
 */
export function auditRemarks(audit: SplitAudit, { speaker }: CorpusWords): string[] {
  const { unheard, unknownSpeakers: unknown, unused } = audit;
  const remarks: string[] = [];
  if (unheard.length > 0) {
    const [{ file, reason }] = unheard;
    const which = unheard.length === 1 ? "" : "such as ";
    remarks.push(`sound not compared of ${files(unheard.length)}: ${which}${file}, ${reason}`);
  }
  if (unknown > 0) {
    remarks.push(
      `${speaker.many} not compared of ${files(unknown)}: neither their names nor a column ` +
        '"speaker" of the split tell who speaks',
    );
  }
  if (unused > 0) remarks.push(`not used by the split: ${files(unused)} of the folder`);
  return remarks;
}

function files(n: number): string {
  return countOf(n, { one: "file", many: "files" });
}

function titlesOf({ speaker, take }: CorpusWords): Record<SplitLeakKind, string> {
  return {
    files: "files on two sides",
    bytes: "files of equal bytes on two sides",
    speakers: `${speaker.many} on two sides`,
    takes: `${take.many} on two sides`,
    sound: "recordings of nearly equal sound on two sides",
    missing: "files that are not in the folder",
    unlisted: "files in no fold",
  };
}

function exampleLines({ kind, groups }: SplitLeak, words: CorpusWords): string[] {
  const lines = groups.slice(0, SHOWN).map((group) => `  ${exampleLine(kind, group, words)}`);
  return [...lines, ...more(groups.length).map((text) => `  ${text}`)];
}

function exampleLine(
  kind: SplitLeakKind,
  group: LeakGroup,
  { speaker, take }: CorpusWords,
): string {
  const { name, files, similarity = 0 } = group;
  switch (kind) {
    case "files":
      return `${files[0].file}: ${files.map(({ side }) => side).join(", ")}`;
    case "speakers":
      return `${speaker.one} ${name}: ${sidesOf(group)}`;
    case "takes":
      return `${take.one} ${name}: ${list(files, " and ")}`;
    case "bytes":
      return list(files, " = ");
    case "sound":
      return `${list(files, " ~ ")}: ${Math.round(100 * similarity)} % alike`;
    case "missing":
      return `${files[0].file}, ${name}`;
    case "unlisted":
      return files[0].file;
  }
}

function list(files: readonly LeakFile[], between: string): string {
  const named = files.slice(0, SHOWN).map(({ file, side }) => `${file} (${side})`);
  return [...named, ...more(files.length)].join(between);
}

function sidesOf({ files, counts = {} }: LeakGroup): string {
  return files.map(({ file, side = "" }) => `${counts[side]} in ${side} (${file})`).join(", ");
}

function more(n: number): string[] {
  return n > SHOWN ? [`${n - SHOWN} more`] : [];
}
