import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import type { Dsp } from "../../src/audio/dsp.ts";
import { createDecoder } from "../../src/media/create_decoder.ts";
import type { Decoder } from "../../src/media/decoder.ts";
import { decodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { DEFAULT_MODEL } from "../../src/recognize/default/default_model.ts";
import type { ProcessCost } from "../process_cost.ts";
import { mostOf } from "../segments/most_of.ts";
import { type MadeRecording, makeRecording } from "../segments/recording.ts";
import { boundaryScore, type Score } from "../segments/score.ts";
import { type CastClip, chooseCast } from "./cast.ts";
import { type Judge, JUDGES, rowsUar } from "./judge_rows.ts";
import { type PredictedRow, runPredict } from "./run_predict.ts";
import { shoot } from "./shoot.ts";
import { FPS, planShots, STEP } from "./shots.ts";
import { measureTwoFaces, type TwoFaces } from "./two_faces.ts";

/** How {@linkcode benchFilm} measures. */
export interface FilmBenchOptions {
  /** Folder with `ravdess/original`, `ravdess/crops`, `crema-d` and `emo-db`. */
  readonly corpora: string;
  /** A bundle to be judged. Default: the one that comes with Emofuse. */
  readonly model?: string;
  /** Clips of the long film, and of the short one. Default: 60, which make ten minutes, and 6. */
  readonly clips?: readonly [long: number, short: number];
  /** Films of two faces. Default: 12. */
  readonly pairs?: number;
}

/** What a film is, and what predicting it took. */
export interface FilmCost extends ProcessCost {
  /** Its length in seconds. */
  readonly seconds: number;
  /** Its size in MB. */
  readonly mb: number;
}

/** Unweighted average recall on some clips. */
export interface FilmUar {
  /** Whether the clips have a face, and what is gone by. */
  readonly clips: "face and voice" | "voice alone" | "all";
  readonly judge: Judge;
  /** How many clips, of how many labels. */
  readonly count: number;
  readonly labels: number;
  /** Of the clips as files of their own, and of the film's segments. */
  readonly alone: number;
  readonly inFilm: number;
}

/** What was found. */
export interface FilmBench {
  /** The long film and the short one. */
  readonly costs: readonly FilmCost[];
  /** Clips of the long film, segments that were found in it, and those that are of no clip. */
  readonly clips: number;
  readonly found: number;
  readonly strange: number;
  /** Starts and ends, to within half a second. */
  readonly boundaries: Score;
  /** How well it is recognised. */
  readonly uars: readonly FilmUar[];
  /** Segments of clips with a face and of those without, and in how many of them one was used. */
  readonly faces: { readonly with: FaceCount; readonly without: FaceCount };
  /** Two faces beside each other. */
  readonly twoFaces: TwoFaces;
}

/** In how many of some segments a face was used. */
export interface FaceCount {
  /** The segments. */
  readonly segments: number;
  /** Those that go by a face. */
  readonly used: number;
}

/** How much longer pauses are than those of the recording without pictures: 60 clips make ten minutes. */
const STRETCH = 1.15;

/** How far a boundary may be off, in seconds. */
const TOLERANCE = 0.5;

/** Where films are kept from one bench to the next. */
const FOLDER = fileURLToPath(new URL("../../.emofuse/bench-film/", import.meta.url));

/**
 * Makes a film of real clips, faces at several sizes and places and voices over still pictures, with pauses, music and
 * noises between, runs `deno task predict --segments` on it and on the clips by themselves, and compares its rows
 * with the truth; a short film likewise, for its memory; and films of two faces.
 *
 * @throws {BenchError} If there is no ffmpeg on the path, a corpus has too few clips, or predict fails.
 */
export async function benchFilm(
  { corpora, model, clips: [long, short] = [60, 6], pairs = 12 }: FilmBenchOptions,
): Promise<FilmBench> {
  await Deno.mkdir(FOLDER, { recursive: true });
  const { card } = await decodeBundle(await Deno.readFile(model ?? DEFAULT_MODEL));
  const dsp = await loadDsp();
  const decoder = await createDecoder("wasm");
  try {
    const cast = await chooseCast(corpora, long, card.labels);
    const film = await makeFilm(dsp, decoder, cast);
    const small = await makeFilm(dsp, decoder, await chooseCast(corpora, short, card.labels));
    const shortRun = await runPredict([small.path], ["--segments"], model);
    const longRun = await runPredict([film.path], ["--segments"], model);
    const paths = film.recording.clips.map(({ clip }) => clip.path);
    const alone = await runPredict(paths, [], model);
    return {
      costs: [await costOf(film, longRun.cost), await costOf(small, shortRun.cost)],
      ...judge(film.recording, cast, longRun.rows, alone.rows),
      twoFaces: await measureTwoFaces(decoder, {
        corpora,
        folder: FOLDER,
        pairs,
        model,
        labels: card.labels,
      }),
    };
  } finally {
    await decoder.close();
  }
}

interface MadeFilm {
  readonly path: string;
  readonly seconds: number;
  readonly recording: MadeRecording;
}

async function makeFilm(
  dsp: Dsp,
  decoder: Decoder,
  cast: readonly CastClip[],
): Promise<MadeFilm> {
  const options = { seed: 7, stretch: STRETCH, step: STEP };
  const recording = await makeRecording(dsp, decoder, cast.map(({ clip }) => clip), options);
  const shots = planShots(recording, cast, 13);
  const path = await shoot(FOLDER, { shots, samples: recording.samples });
  return { path, recording, seconds: shots.reduce((sum, { frames }) => sum + frames, 0) / FPS };
}

async function costOf({ path, seconds }: MadeFilm, cost: ProcessCost): Promise<FilmCost> {
  return { ...cost, seconds, mb: (await Deno.stat(path)).size / 1e6 };
}

/** A row of a film's segment. */
type SegmentRow = PredictedRow & { readonly start: number; readonly end: number };

function judge(
  { clips }: MadeRecording,
  cast: readonly CastClip[],
  rows: readonly PredictedRow[],
  alone: readonly PredictedRow[],
) {
  const found = rows.filter((row): row is SegmentRow => row.start !== undefined);
  const placed = clips.map(({ clip, speech }) => ({
    clip,
    hasFace: cast.find((one) => one.clip === clip)!.shows !== "nothing",
    row: mostOf(found, speech),
    alone: alone.find((row) => row.clip === clip.path),
  }));
  const truth = clips.map(({ speech }) => speech);
  const seen = placed.filter(({ hasFace }) => hasFace);
  const heard = placed.filter(({ hasFace }) => !hasFace);
  const uars = [
    ...JUDGES.map((judge) => ["face and voice", judge, seen] as const),
    ["voice alone", "both", heard] as const,
    ["all", "both", placed] as const,
  ].map(([name, judge, some]) => {
    const own = some.map(({ clip }) => clip);
    return {
      clips: name,
      judge,
      count: own.length,
      labels: new Set(own.map(({ label }) => label)).size,
      alone: rowsUar(own, some.map(({ alone }) => alone), judge),
      inFilm: rowsUar(own, some.map(({ row }) => row), judge),
    };
  });
  const count = (some: typeof placed): FaceCount => {
    const segments = some.flatMap(({ row }) => row ? [row] : []);
    const used = segments.filter((row) => row.used?.includes("video"));
    return { segments: segments.length, used: used.length };
  };
  return {
    clips: clips.length,
    found: found.length,
    strange: found.filter((row) => mostOf(truth, row) === undefined).length,
    boundaries: boundaryScore(found, truth, TOLERANCE),
    uars,
    faces: { with: count(seen), without: count(heard) },
  };
}
