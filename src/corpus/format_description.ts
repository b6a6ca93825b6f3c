import { fitTable } from "../terminal/fit_table.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import type { CorpusDescription } from "./describe.ts";
import { MODALITIES } from "./ravdess/fields.ts";

/**
 * The description as text for a terminal: a table of actors by emotions, then lengths, twins, silent
 * tracks and skipped files. Plain characters without colours, so that it can be redirected to a file.
 *
 * @param width Characters that a line may have.
 *
 * @example
 * ```ts
 * import { describeCorpus } from "./describe.ts";
 * import { formatDescription } from "./format_description.ts";
 * import assert from "node:assert/strict";
 *
 * const found = await describeCorpus({ clips: [], skipped: [] }, () => Promise.reject());
 * assert.match(formatDescription(found), /^0 clips of 0 performances/);
 * ```
 */
export function formatDescription(found: CorpusDescription, width = Infinity): string {
  const { seconds, twins, siblings, silent, skipped } = found;
  const lines = [
    ...(found.synthetic ? ["SYNTHETIC CORPUS: drawn faces and computed voices, not people"] : []),
    `${plural(found.clips, "clip")} of ${plural(found.performances, "performance")}: ` +
    `${plural(found.actors.length, "actor")}, ${plural(found.emotions.length, "emotion")}`,
  ];
  if (found.clips > 0) {
    lines.push(
      countTable(found, width),
      found.clips === found.performances
        ? "Each cell: files."
        : "Each cell: files (performances). Files of one performance are not independent.",
      "",
    );
  }
  const modalities = MODALITIES
    .map((modality, i) => ({ modality, code: `0${i + 1}-`, n: found.modalities[modality] }))
    .filter(({ n }) => n > 0)
    .map(({ modality, code, n }) => `${n} ${modality} (${code})`);
  if (modalities.length > 0) lines.push(`Files:      ${modalities.join(", ")}`);
  if (found.channels.song > 0) {
    lines.push(`Channels:   ${found.channels.speech} speech, ${found.channels.song} song`);
  }
  if (seconds) {
    const [min, median, max] = [seconds.min, seconds.median, seconds.max].map((s) => s.toFixed(2));
    lines.push(`Durations:  shortest ${min} s, median ${median} s, longest ${max} s`);
  }
  lines.push(
    twins.length === 0
      ? "Twins:      none"
      : `Twins:      ${plural(twins.length, "performance")} ` +
        "present both with sound (01-) and as video-only twin (02-): the same take twice",
  );
  if (siblings.length > 0) {
    lines.push(
      `Siblings:   ${plural(siblings.length, "performance")} present both as video and as ` +
        "audio-only file (03-)",
    );
  }
  lines.push(
    silent.length === 0
      ? "Silent:     none"
      : `Silent:     ${plural(silent.length, "file")} whose sound track is silence` +
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
      : [`Warnings:   ${plural(new Set(found.warnings.map(({ file }) => file)).size, "file")}`]),
    ...found.warnings.map(({ file, reason }) => `  ${file}: ${reason}`),
    skipped.length === 0 ? "Skipped:    none" : `Skipped:    ${plural(skipped.length, "file")}`,
    ...skipped.map(({ file, reason }) => `  ${file}: ${reason}`),
  );
  return wrapText(lines.join("\n"), width);
}

function countTable(found: CorpusDescription, width: number): string {
  const cell = (counts: CorpusDescription["counts"]) => {
    const clips = counts.reduce((sum, count) => sum + count.clips, 0);
    const performances = counts.reduce((sum, count) => sum + count.performances, 0);
    return clips === performances ? `${clips}` : `${clips} (${performances})`;
  };
  const row = (counts: CorpusDescription["counts"]) => [
    ...found.emotions.map((emotion) => cell(counts.filter((count) => count.emotion === emotion))),
    cell(counts),
  ];
  const actors = found.actors.map((actor) => [
    String(actor).padStart(2, "0"),
    ...row(found.counts.filter((count) => count.actor === actor)),
  ]);
  const counts = [...found.emotions, "all"].map((title) => ({ title, align: "right" as const }));
  return fitTable({
    columns: [{ title: "actor" }, ...counts],
    rows: [...actors, ["all", ...row(found.counts)]],
  }, width);
}

/** Silence is expected of video-only files and a warning sign anywhere else: the two are told apart. */
function silentKinds({ silent }: CorpusDescription): string {
  const unexpected = silent.filter((file) => !/(^|\/)02-[^/]*$/.test(file));
  if (unexpected.length === 0) return ", all of them video-only (02-), as RAVDESS publishes them";
  return `; not video-only, so unexpected: ${unexpected.join(", ")}`;
}

function list(title: string, what: string, files: readonly string[]): string[] {
  if (files.length === 0) return [];
  return [`${`${title}:`.padEnd(11)} ${plural(files.length, "file")} ${what}: ${files.join(", ")}`];
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
