import type { FaceReport } from "../../vision/faces/face_report.ts";
import type { FaceFlag } from "../prediction.ts";

/**
 * The flags of a clip in which the face was looked for: each is set where it is true of one look or more. A
 * clip in which no look found a face has none of them.
 *
 * @example
 * ```ts
 * import { faceFlags } from "./face_flags.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(faceFlags({ looks: 12, found: 9, several: 0, tilted: 9, doubtful: 0 }), [
 *   "face-missing",
 *   "face-tilted",
 * ]);
 * ```
 */
export function faceFlags(
  { looks, found, several, tilted = 0, doubtful = 0 }: FaceReport,
): FaceFlag[] {
  const flags: [FaceFlag, boolean][] = [
    ["several-faces", several > 0],
    ["face-missing", found > 0 && found < looks],
    ["face-tilted", tilted > 0],
    ["face-doubtful", doubtful > 0],
  ];
  return flags.filter(([, set]) => set).map(([flag]) => flag);
}
