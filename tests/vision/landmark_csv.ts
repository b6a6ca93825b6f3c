/** Settings of {@linkcode landmarkCsv}. */
export interface LandmarkCsv {
  /** Number of frames. */
  readonly frames: number;
  /** Whether the layout is OpenFace's own, with its other columns and spaces, or only what is needed. */
  readonly openFace?: boolean;
  /** How far the mouth opens, in pixels. Default: 5. */
  readonly opens?: number;
  /** Frames in which OpenFace found no face. */
  readonly lost?: readonly number[];
}

/** The text of a csv file of landmarks: 30 frames a second of a face that opens its mouth. */
export function landmarkCsv(
  { frames, openFace = false, opens = 5, lost = [] }: LandmarkCsv,
): string {
  const names = (axis: string) => Array.from({ length: 68 }, (_, i) => `${axis}_${i}`);
  const rows: (string | number)[][] = [[
    ...["frame", ...(openFace ? ["face_id"] : []), "timestamp"],
    ...(openFace ? ["confidence", "success", "gaze_0_x", "pose_Tx"] : []),
    ...[...names("x"), ...names("y")],
  ]];
  for (let t = 0; t < frames; t++) {
    const is = lost.includes(t) ? 0 : 1;
    const at = (i: number) => [300 + 60 * Math.cos(2.4 * i) + i, 200 + 70 * Math.sin(2.4 * i) + i];
    const points = Array.from({ length: 68 }, (_, i) => at(i));
    for (let i = 55; i < 60; i++) points[i][1] += opens * Math.sin(t / 5);
    rows.push([
      ...[t + 1, ...(openFace ? [0] : []), (t / 30).toFixed(3)],
      ...(openFace ? [0.98 * is, is, 0.1, 12.5] : []),
      ...points.map(([x]) => (is * x).toFixed(1)),
      ...points.map(([, y]) => (is * y).toFixed(1)),
    ]);
  }
  return rows.map((row) => row.join(openFace ? ", " : ",")).join("\n") + "\n";
}
