import { fitTable } from "../terminal/fit_table.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import type { ClipKind, CorpusDescription } from "./describe.ts";
import { showSpeaker } from "./speakers.ts";
import { type CorpusWords, countOf } from "./words.ts";

const FILE = { one: "file", many: "files" };

/**
 * The description as text for a terminal: a table of speakers by labels, then lengths, twins, silent
 * tracks and skipped files. Plain characters without colours, so that it can be redirected to a file.
 *
 * @param width Characters that a line may have.
 *
 * @example
 * ```ts
 * import { describeCorpus } from "./describe.ts";
 * import { formatDescription } from "./format_description.ts";
 * import { RAVDESS } from "./ravdess/ravdess.ts";
 * import assert from "node:assert/strict";
 *
 * const found = await describeCorpus(
 *   { root: "/data", corpus: RAVDESS, clips: [], skipped: [] },
 *   () => Promise.reject(),
 * );
 * assert.match(formatDescription(found), /^0 clips of 0 /);
 * ```
 */
export function formatDescription(found: CorpusDescription, width = Infinity): string {
  const { words, seconds, twins, siblings, silent, skipped } = found;
  const lines = [
    ...(found.synthetic ? ["SYNTHETIC CORPUS: drawn faces and computed voices, not people"] : []),
    `${countOf(found.clips, { one: "clip", many: "clips" })} of ${
      countOf(found.takes, words.take)
    }: ${countOf(found.speakers.length, words.speaker)}, ${
      countOf(found.labels.length, words.label)
    }`,
  ];
  if (found.clips > 0) {
    lines.push(
      countTable(found, width),
      found.clips === found.takes
        ? "Each cell: files."
        : `Each cell: files (${words.take.many}). Files of one ${words.take.one} are not independent.`,
      "",
    );
  }
  lines.push(...kindLines(found), ...attributeLines(found));
  if (seconds) {
    const [min, median, max] = [seconds.min, seconds.median, seconds.max].map((s) => s.toFixed(2));
    lines.push(`Durations:  shortest ${min} s, median ${median} s, longest ${max} s`);
  }
  lines.push(
    twins.length === 0
      ? "Twins:      none"
      : `Twins:      ${countOf(twins.length, words.take)} present both with sound${
        code(words, "audio-video")
      } and as video-only twin${code(words, "video-only")}: the same take twice`,
  );
  if (siblings.length > 0) {
    lines.push(
      `Siblings:   ${countOf(siblings.length, words.take)} present both as video and as ` +
        `audio-only file${code(words, "audio-only")}`,
    );
  }
  lines.push(
    silent.length === 0
      ? "Silent:     none"
      : `Silent:     ${countOf(silent.length, FILE)} whose sound track is silence` +
        silentKinds(found),
    ...list(
      "No sound",
      "without a sound track, although the name promises sound",
      found.soundMissing,
    ),
    ...list(
      "No picture",
      "without a picture, although the name promises one",
      found.pictureMissing,
    ),
    ...(found.warnings.length === 0
      ? []
      : [`Warnings:   ${countOf(new Set(found.warnings.map(({ file }) => file)).size, FILE)}`]),
    ...found.warnings.map(({ file, reason }) => `  ${file}: ${reason}`),
    skipped.length === 0 ? "Skipped:    none" : `Skipped:    ${countOf(skipped.length, FILE)}`,
    ...skipped.map(({ file, reason }) => `  ${file}: ${reason}`),
  );
  return wrapText(lines.join("\n"), width);
}

/** How many files hold what, going by their names. */
function kindLines({ modalities, words }: CorpusDescription): string[] {
  const kinds: ClipKind[] = ["audio-video", "video-only", "audio-only"];
  const there = kinds.filter((kind) => modalities[kind] > 0)
    .map((kind) => `${modalities[kind]} ${kind}${code(words, kind)}`);
  return there.length === 0 ? [] : [`Files:      ${there.join(", ")}`];
}

/** One line an attribute that has another value than the usual one. */
function attributeLines({ attributes }: CorpusDescription): string[] {
  return Object.entries(attributes).flatMap(([key, counts]) => {
    const [_, ...unusual] = Object.values(counts);
    if (unusual.every((n) => n === 0)) return [];
    const title = `${key[0].toUpperCase()}${key.slice(1)}:`;
    const there = Object.entries(counts).map(([value, n]) => `${n} ${value}`);
    return [`${title.padEnd(11)} ${there.join(", ")}`];
  });
}

/** What the names of such files begin with, where names say so. */
function code({ prefixes }: CorpusWords, kind: ClipKind): string {
  if (!prefixes) return "";
  const { both, silent, sound } = prefixes;
  return ` (${{ "audio-video": both, "video-only": silent, "audio-only": sound }[kind]})`;
}

function countTable(found: CorpusDescription, width: number): string {
  const cell = (counts: CorpusDescription["counts"]) => {
    const clips = counts.reduce((sum, count) => sum + count.clips, 0);
    const takes = counts.reduce((sum, count) => sum + count.takes, 0);
    return clips === takes ? `${clips}` : `${clips} (${takes})`;
  };
  const row = (counts: CorpusDescription["counts"]) => [
    ...found.labels.map((label) => cell(counts.filter((count) => count.label === label))),
    cell(counts),
  ];
  const speakers = found.speakers.map((speaker) => [
    showSpeaker(speaker),
    ...row(found.counts.filter((count) => count.speaker === speaker)),
  ]);
  const counts = [...found.labels, "all"].map((title) => ({ title, align: "right" as const }));
  return fitTable({
    columns: [{ title: found.words.speaker.one }, ...counts],
    rows: [...speakers, ["all", ...row(found.counts)]],
  }, width);
}

/** Silence is expected of video-only files and a warning sign anywhere else: the two are told apart. */
function silentKinds({ silentUnexpected: unexpected, title, words }: CorpusDescription): string {
  if (unexpected.length > 0) return `; not video-only, so unexpected: ${unexpected.join(", ")}`;
  return `, all of them video-only${code(words, "video-only")}, as ${title} publishes them`;
}

function list(title: string, what: string, files: readonly string[]): string[] {
  if (files.length === 0) return [];
  return [`${`${title}:`.padEnd(11)} ${countOf(files.length, FILE)} ${what}: ${files.join(", ")}`];
}
