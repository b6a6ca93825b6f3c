import { csvLines } from "./csv_lines.ts";
import { fillGaps } from "./fill_gaps.ts";
import { LANDMARKS, type LandmarkTrack } from "./landmark_track.ts";
import { LandmarksError } from "./landmarks_error.ts";

/** Frames that may be missing in one place: more is no gap but another recording. */
const MAX_GAP = 10_000;

/** Settings of {@linkcode readLandmarks}. */
export interface ReadLandmarksOptions {
  /**
   * How much is read, in seconds from time 0.
   *
   * @default {Infinity}
   */
  readonly seconds?: number;
}

/** What a file of landmarks holds. */
export interface LandmarkFile {
  /** The landmarks. */
  readonly track: LandmarkTrack;
  /** What is not as it should be but was mended, one line each. */
  readonly warnings: readonly string[];
}

/** Where the columns that are used lie; a column that is not there has -1. */
interface Columns {
  readonly count: number;
  readonly frame: number;
  readonly face: number;
  readonly timestamp: number;
  readonly success: number;
  readonly points: readonly number[];
}

/**
 * Reads the landmarks of one clip from a csv file, gzipped or not, line by line. The columns are found
 * by their names, with or without spaces around them: `timestamp` (seconds), `x_0` to `x_67`, `y_0` to
 * `y_67` (pixels), and if they are there `frame`, `success` (0 where no face was found) and `face_id`.
 * That is the layout of OpenFace (T. Baltrusaitis et al., "OpenFace 2.0", FG 2018), by which the
 * landmarks of RAVDESS are published (zenodo 3255102), and part of it.
 *
 * Frames without a face, and frames whose number is missing, are interpolated and named in a warning;
 * of several faces the first one is read.
 *
 * @throws {LandmarksError} If the file cannot be read, lacks a column, holds something that is not a
 * number or times that do not increase (the message names the line), or no frame has a face.
 *
 * @example
 * ```ts
 * import { readLandmarks } from "./read_landmarks.ts";
 * import assert from "node:assert/strict";
 *
 * const file = await Deno.makeTempFile({ suffix: ".csv" });
 * const names = (axis: string) => Array.from({ length: 68 }, (_, i) => `${axis}_${i}`);
 * const numbers = Array.from({ length: 136 }, (_, i) => i);
 * const rows = [["frame", "timestamp", ...names("x"), ...names("y")], [1, 0, ...numbers]];
 * await Deno.writeTextFile(file, rows.map((row) => row.join(", ")).join("\n"));
 * const { track, warnings } = await readLandmarks(file);
 * assert.deepEqual([...track.points.slice(0, 4)], [0, 68, 1, 69]);
 * assert.deepEqual(warnings, []);
 * await Deno.remove(file);
 * ```
 */
export async function readLandmarks(
  file: string,
  { seconds = Infinity }: ReadLandmarksOptions = {},
): Promise<LandmarkFile> {
  const rows = new Rows(file);
  let columns: Columns | undefined;
  let number = 0;
  for await (const line of csvLines(file)) {
    number++;
    if (line.trim() === "") continue;
    if (!columns) columns = findColumns(file, number, line);
    else if (!rows.add(line, number, columns, seconds)) break;
  }
  if (!columns) throw new LandmarksError(file, "is empty");
  return rows.finish();
}

function findColumns(file: string, line: number, header: string): Columns {
  const names = header.split(",").map((name) => name.trim());
  const points = Array.from({ length: LANDMARKS }, (_, i) => [`x_${i}`, `y_${i}`]).flat();
  const lacking = ["timestamp", ...points].find((name) => !names.includes(name));
  if (lacking !== undefined) {
    throw new LandmarksError(
      file,
      `line ${line}: there is no column "${lacking}"; needed: timestamp, x_0 to x_67, y_0 to y_67`,
    );
  }
  const [frame, face, timestamp, success] = ["frame", "face_id", "timestamp", "success"]
    .map((name) => names.indexOf(name));
  return {
    count: names.length,
    frame,
    face,
    timestamp,
    success,
    points: points.map((name) => names.indexOf(name)),
  };
}

/** Gathers the rows of one file. */
class Rows {
  readonly #file: string;
  readonly #points: number[] = [];
  readonly #times: number[] = [];
  readonly #found: number[] = [];
  #face: number | undefined;
  #otherFaces = 0;
  #frame: number | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** Takes one line; false where it lies beyond `seconds`. */
  add(line: string, number: number, columns: Columns, seconds: number): boolean {
    const cells = line.split(",");
    if (cells.length !== columns.count) {
      throw this.#error(number, `${cells.length} cells, but ${columns.count} columns`);
    }
    const value = (column: number): number => {
      const cell = cells[column].trim();
      const parsed = cell === "" ? NaN : Number(cell);
      if (!Number.isFinite(parsed)) throw this.#error(number, `"${cell}" is not a number`);
      return parsed;
    };
    const face = columns.face === -1 ? 0 : value(columns.face);
    this.#face ??= face;
    if (face !== this.#face) {
      this.#otherFaces++;
      return true;
    }
    const time = value(columns.timestamp);
    if (time >= seconds) return false;
    const last = this.#times.at(-1) ?? -Infinity;
    if (time <= last) throw this.#error(number, `the time ${time} does not come after ${last}`);
    this.#addMissing(columns.frame === -1 ? undefined : value(columns.frame), time, number);
    const found = columns.success === -1 || value(columns.success) !== 0;
    this.#push(columns.points.map((column) => found ? value(column) : 0), time, found);
    return true;
  }

  /** Makes places for the frames whose numbers are missing before this one. */
  #addMissing(frame: number | undefined, time: number, line: number): void {
    const [last, lastTime] = [this.#frame, this.#times.at(-1)];
    this.#frame = frame;
    if (frame === undefined || last === undefined || lastTime === undefined) return;
    const steps = frame - last;
    if (!(steps >= 1 && steps <= MAX_GAP)) {
      throw this.#error(line, `the frame number ${frame} does not follow ${last}`);
    }
    for (let i = 1; i < steps; i++) {
      this.#push(new Array(LANDMARKS * 2).fill(0), lastTime + (time - lastTime) * i / steps, false);
    }
  }

  #push(points: readonly number[], time: number, found: boolean): void {
    this.#points.push(...points);
    this.#times.push(time);
    this.#found.push(found ? 1 : 0);
  }

  finish(): LandmarkFile {
    const track = fillGaps(
      Float32Array.from(this.#points),
      Float64Array.from(this.#times),
      Uint8Array.from(this.#found),
    );
    if (!track) throw new LandmarksError(this.#file, "no frame has a face");
    const missing = track.found.filter((flag) => flag === 0).length;
    const warnings: string[] = [];
    if (missing > 0) {
      warnings.push(`${missing} of ${track.found.length} frames have no landmarks: interpolated`);
    }
    if (this.#otherFaces > 0) {
      warnings.push(
        `${this.#otherFaces} rows of other faces left out: only the first face is read`,
      );
    }
    return { track, warnings };
  }

  #error(line: number, reason: string): LandmarksError {
    return new LandmarksError(this.#file, `line ${line}: ${reason}`);
  }
}
