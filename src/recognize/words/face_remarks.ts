import type { FaceReport } from "../../vision/faces/face_report.ts";

/**
 * What should be known of the face that a prediction goes by, in words: a part of a sentence for each flag that
 * `faceFlags` sets, with its share of the looks.
 *
 * @example
 * ```ts
 * import { faceRemarks } from "./face_remarks.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(faceRemarks({ looks: 12, found: 3, several: 0 }), [
 *   "the face does not show in 9 of 12 looks",
 * ]);
 * ```
 */
export function faceRemarks(
  { looks, found, several, tilted = 0, doubtful = 0 }: FaceReport,
): string[] {
  const parts: [string, number][] = [
    ["there are several faces", several],
    ["the face does not show", found > 0 ? looks - found : 0],
    ["the face lies on its side or is upside down", tilted],
    ["what was taken for a face hardly looks like one", doubtful],
  ];
  return parts.filter(([, count]) => count > 0)
    .map(([text, count]) => `${text} in ${count} of ${looks} ${looks === 1 ? "look" : "looks"}`);
}
