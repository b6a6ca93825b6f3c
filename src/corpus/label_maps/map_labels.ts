import type { Clip, SkippedFile } from "../clip.ts";
import { type ClipFilter, filterClips, filterOptions } from "../filter.ts";
import { withCopies } from "../read_first.ts";
import type { ScannedCorpus } from "../scan.ts";
import type { LabelMap } from "./label_map.ts";

/**
 * The clips with the labels that a map gives them, in the order that it states them. A clip whose label it
 * leaves out is skipped, and the reason names the label.
 *
 * @example
 * ```ts
 * import { mapLabels } from "./map_labels.ts";
 * import { LABEL_MAPS } from "./registry.ts";
 * import { RAVDESS } from "../ravdess/ravdess.ts";
 * import assert from "node:assert/strict";
 *
 * const files = ["01-01-05-01-01-01-01.mp4", "01-01-08-01-01-01-01.mp4"];
 * const read = await RAVDESS.readClips("/data", files);
 * const valence3 = LABEL_MAPS.find(({ name }) => name === "valence3")!;
 * const { corpus, clips, skipped } = mapLabels({ root: "/data", corpus: RAVDESS, ...read }, valence3);
 * assert.deepEqual(corpus.labels, ["negative", "neutral", "positive"]);
 * assert.deepEqual(clips.map(({ label }) => label), ["negative"]);
 * assert.match(skipped[0].reason, /label map valence3 has no "surprised"/);
 * ```
 */
export function mapLabels(scanned: ScannedCorpus, { name, labels }: LabelMap): ScannedCorpus {
  const isMapped = ({ label }: Clip) => Object.hasOwn(labels, label);
  const left: SkippedFile[] = scanned.clips.filter((clip) => !isMapped(clip)).flatMap((clip) =>
    withCopies(clip).map(({ file, label }) => ({
      file,
      reason: `the label map ${name} has no "${label}"`,
    }))
  );
  return {
    ...scanned,
    corpus: { ...scanned.corpus, labels: [...new Set(Object.values(labels))] },
    clips: scanned.clips.filter(isMapped).map((clip) => ({ ...clip, label: labels[clip.label] })),
    skipped: [...scanned.skipped, ...left],
  };
}

/**
 * The clips that pass a filter, their labels mapped in between: filters that choose by the label see the
 * new one, and clips that the others leave out are not skipped for their labels.
 *
 * @throws {CorpusError} If the filter has a part that this corpus lacks.
 */
export function chooseMapped(
  scanned: ScannedCorpus,
  filter: ClipFilter,
  map: LabelMap | undefined,
): ScannedCorpus {
  if (!map) return { ...scanned, clips: filterClips(scanned, filter) };
  const ofLabels = filterOptions(scanned.corpus).filter(({ reads }) => reads === "label")
    .map(({ key }) => key);
  const parts = Map.groupBy(Object.entries(filter), ([key]) => ofLabels.includes(key));
  const others = Object.fromEntries(parts.get(false) ?? []);
  const mapped = mapLabels({ ...scanned, clips: filterClips(scanned, others) }, map);
  const byLabel = Object.fromEntries(parts.get(true) ?? []);
  return { ...mapped, clips: filterClips(mapped, byLabel) };
}
