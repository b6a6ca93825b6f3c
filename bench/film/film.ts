import { fileURLToPath } from "node:url";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import type { Dsp } from "../../src/audio/dsp.ts";
import { createDecoder } from "../../src/media/create_decoder.ts";
import type { Decoder } from "../../src/media/decoder.ts";
import { defaultModel } from "../../src/recognize/default/default_model.ts";
import type { ProcessCost } from "../process_cost.ts";
import { readModel } from "../serve/serve_models.ts";
import { type MadeRecording, makeRecording } from "../segments/recording.ts";
import { type CastClip, chooseCast } from "./cast.ts";
import { type FilmJudgement, judgeFilm } from "./judge_film.ts";
import { runPredict } from "./run_predict.ts";
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
  /** Films of two faces. Default: 8. */
  readonly pairs?: number;
}

/** What a film is, and what predicting it took. */
export interface FilmCost extends ProcessCost {
  /** Its length in seconds. */
  readonly seconds: number;
  /** Its size in MB. */
  readonly mb: number;
}

/** What was found. */
export interface FilmBench extends FilmJudgement {
  /** The long film and the short one. */
  readonly costs: readonly FilmCost[];
  /** Two faces beside each other. */
  readonly twoFaces: TwoFaces;
}

/** How much longer pauses are than those of the recording without pictures: 60 clips make ten minutes. */
const STRETCH = 1.15;

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
  { corpora, model, clips: [long, short] = [60, 6], pairs = 8 }: FilmBenchOptions,
): Promise<FilmBench> {
  await Deno.mkdir(FOLDER, { recursive: true });
  const { card } = await readModel(model ?? fileURLToPath(defaultModel()));
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
      ...judgeFilm(film.recording, cast, longRun.rows, alone.rows),
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
