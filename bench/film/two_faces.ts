import { Random } from "../../src/numeric/random.ts";
import { VAD_RATE } from "../../models/silero/silero_vad.ts";
import type { Decoder } from "../../src/media/decoder.ts";
import type { Probabilities } from "../../src/recognize/prediction.ts";
import { BenchError } from "../contender.ts";
import { type CastClip, clipsWithFaces, drawn } from "./cast.ts";
import { likeliestOf } from "./judge_rows.ts";
import { type PredictedRow, runPredict } from "./run_predict.ts";
import { shoot } from "./shoot.ts";
import { BACKGROUNDS, FPS, HEIGHT, type Placed, WIDTH } from "./shots.ts";

/** What of two faces side by side is told apart. */
export interface TwoFaces {
  /** How many films of two faces there are. */
  readonly pairs: number;
  /** In how many of them there are rows of two faces, from the left to the right, and one of the voice. */
  readonly apart: number;
  /** How many of all faces have the label that they have alone, of how many. */
  readonly sameLabel: number;
  readonly faces: number;
  /** The mean and the largest difference of a probability from that of the face alone. */
  readonly meanDifference: number;
  readonly mostDifference: number;
  /** How many faces' likeliest label is another one than that of the face beside it, and how many of them alone. */
  readonly unlike: number;
  readonly unlikeAlone: number;
}

/** Height and width of each face, in pixels: both fit side by side. */
const SIDES = [260, 560];

/**
 * Films of two faces of two speakers beside each other, each its own clip, of which one is heard: predicted with
 * `--faces all`, and compared with each of the faces alone at the same place.
 *
 * @throws {BenchError} If a film cannot be made, or predict fails.
 */
export async function measureTwoFaces(
  decoder: Decoder,
  { corpora, folder, pairs, labels, model }: {
    readonly corpora: string;
    readonly folder: string;
    readonly pairs: number;
    readonly labels: readonly string[];
    readonly model: string | undefined;
  },
): Promise<TwoFaces> {
  const random = new Random(9);
  const crops = (await clipsWithFaces(corpora, labels)).filter(({ shows }) => shows === "face");
  const speakers = [...Map.groupBy(crops, ({ clip }) => clip.speaker).values()];
  if (speakers.length < 2) throw new BenchError(`${corpora} has faces of one speaker, of two`);
  const [first, second] = speakers.map((own, i) => drawn(own, random.derive(`${i}`)));
  const films: string[][] = [];
  for (let i = 0; i < pairs; i++) {
    const both = i % 2 === 0 ? [first[i], second[i]] : [second[i], first[i]];
    films.push(await shootPair(decoder, folder, both, random));
  }
  const together = await runPredict(films.map(([all]) => all), ["--faces", "all"], model);
  const alone = await runPredict(films.flatMap(([, ...each]) => each), [], model);
  return compare(films, together.rows, alone.rows);
}

/** A film of both faces, one of each alone. */
async function shootPair(
  decoder: Decoder,
  folder: string,
  pair: readonly CastClip[],
  random: Random,
): Promise<string[]> {
  const sounds: Float32Array[] = [];
  for (const { clip } of pair) {
    const options = { picture: false, sampleRate: VAD_RATE, seconds: 30 };
    sounds.push((await decoder.decode(clip.path, options)).samples);
  }
  const samples = sounds[random.int(2)];
  const frames = Math.ceil(samples.length / VAD_RATE * FPS);
  const faces: Placed[] = pair.map(({ clip }, i) => {
    const side = 2 * Math.round(random.uniform(SIDES[0], SIDES[1]) / 2);
    const x = Math.round(i * WIDTH / 2) + random.int(WIDTH / 2 - side + 1);
    const y = random.int(HEIGHT - side + 1);
    return { path: clip.path, width: side, height: side, x, y, speed: 0 };
  });
  const background = random.int(BACKGROUNDS);
  const shot = (seen: readonly Placed[]) => [{ frames, background, speed: 0, faces: seen }];
  return [
    await shoot(folder, { shots: shot(faces), samples }),
    await shoot(folder, { shots: shot([faces[0]]) }),
    await shoot(folder, { shots: shot([faces[1]]) }),
  ];
}

function compare(
  films: readonly (readonly string[])[],
  together: readonly PredictedRow[],
  alone: readonly PredictedRow[],
): TwoFaces {
  const found = { apart: 0, sameLabel: 0, faces: 0, unlike: 0, unlikeAlone: 0 };
  const differences: number[] = [];
  for (const [all, ...each] of films) {
    const rows = together.filter(({ clip }) => clip === all);
    const seen = [1, 2].map((number) => rows.find(({ faceNumber }) => faceNumber === number));
    const heard = rows.filter(({ faceNumber, used }) => faceNumber === undefined && used);
    if (rows.length === 3 && seen.every(Boolean) && heard.length === 1) found.apart++;
    const own = each.map((film) => alone.find(({ clip }) => clip === film));
    const [labels, ownLabels] = [seen, own].map((faces) =>
      faces.map((face) => likeliestOf(face, "video"))
    );
    if (labels[0] !== labels[1]) found.unlike++;
    if (ownLabels[0] !== ownLabels[1]) found.unlikeAlone++;
    seen.forEach((row, i) => {
      found.faces++;
      if (labels[i] !== undefined && labels[i] === ownLabels[i]) found.sameLabel++;
      differences.push(...differencesOf(row?.modalities?.video, own[i]?.modalities?.video));
    });
  }
  return {
    pairs: films.length,
    ...found,
    meanDifference: differences.reduce((sum, value) => sum + value, 0) / differences.length,
    mostDifference: Math.max(...differences),
  };
}

/** How far probabilities differ; where one has none, by 1. */
function differencesOf(a: Probabilities | undefined, b: Probabilities | undefined): number[] {
  if (!a || !b) return [1];
  return Object.keys(a).map((label) => Math.abs(a[label] - b[label]));
}
