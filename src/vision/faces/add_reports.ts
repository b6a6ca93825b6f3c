import type { FaceReport } from "./face_report.ts";

/** The sums of some reports; undefined where there is none. What one of them does not know is not known. */
export function addReports(reports: readonly FaceReport[]): FaceReport | undefined {
  if (reports.length === 0) return undefined;
  const sum = (key: "looks" | "found" | "several" | "tilted" | "doubtful") =>
    reports.reduce((total, report) => total + (report[key] ?? NaN), 0);
  const [looks, found, several] = [sum("looks"), sum("found"), sum("several")];
  const [tilted, doubtful] = [sum("tilted"), sum("doubtful")];
  return Number.isNaN(tilted)
    ? { looks, found, several }
    : { looks, found, several, tilted, doubtful };
}
