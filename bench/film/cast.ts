import { join } from "node:path";
import type { Clip } from "../../src/corpus/clip.ts";
import { scanCorpus } from "../../src/corpus/scan.ts";
import { Random } from "../../src/numeric/random.ts";
import { BenchError } from "../contender.ts";

/** A clip that plays in a film. */
export interface CastClip {
  /** The clip. */
  readonly clip: Clip;
  /** What is seen of it: a face that fills its picture, a person in a whole picture, or nothing. */
  readonly shows: "face" | "person" | "nothing";
}

/** Folders of corpora that have pictures, and those that are only heard. */
const SEEN = { "ravdess/original": "person", "ravdess/crops": "face" } as const;
const HEARD = ["crema-d", "emo-db"];

/**
 * Clips of chance for a film, of labels that the model knows: two thirds of them with a face, every speaker's as
 * many, whole pictures first; the rest voices alone, of two corpora.
 *
 * @param corpora Folder with `ravdess/original`, `ravdess/crops`, `crema-d` and `emo-db`.
 *
 * @throws {BenchError} If there are too few.
 */
export async function chooseCast(
  corpora: string,
  count: number,
  labels: readonly string[],
): Promise<CastClip[]> {
  const random = new Random(5);
  const faces = await clipsWithFaces(corpora, labels);
  const bySpeaker = Map.groupBy(faces, ({ clip }) => clip.speaker);
  const voices = Math.round(count / 3);
  const cast: CastClip[] = [];
  [...bySpeaker.values()].forEach((own, i) => {
    const share = shareOf(count - voices, bySpeaker.size, i);
    const whole = own.filter(({ shows }) => shows === "person");
    const rest = drawn(own.filter(({ shows }) => shows === "face"), random.derive(`face ${i}`));
    cast.push(...[...drawn(whole, random.derive(`person ${i}`)), ...rest].slice(0, share));
  });
  for (const [i, name] of HEARD.entries()) {
    const { clips } = await scanCorpus(join(corpora, name));
    const fit = drawn(clips.filter(({ label }) => labels.includes(label)), random.derive(name));
    cast.push(
      ...fit.slice(0, shareOf(voices, HEARD.length, i))
        .map((clip) => ({ clip, shows: "nothing" as const })),
    );
  }
  if (cast.length < count) {
    throw new BenchError(`${corpora} has ${cast.length} clips for a film, of ${count}`);
  }
  return cast;
}

/** Clips that are seen and heard, of labels that the model knows; of each take one, the whole picture rather. */
export async function clipsWithFaces(
  corpora: string,
  labels: readonly string[],
): Promise<CastClip[]> {
  const found = new Map<string, CastClip>();
  for (const [name, shows] of Object.entries(SEEN)) {
    const { clips } = await scanCorpus(join(corpora, name));
    for (const clip of clips) {
      const { label, take, tracks: { picture, sound } } = clip;
      if (!picture || sound !== "spoken" || !labels.includes(label) || found.has(take)) continue;
      found.set(take, { clip, shows });
    }
  }
  return [...found.values()];
}

/** How many of `count` are the part of number `i` of `parts`. */
function shareOf(count: number, parts: number, i: number): number {
  return Math.floor((count + i) / parts);
}

/** The same in an order of chance. */
export function drawn<Value>(values: readonly Value[], random: Random): Value[] {
  return Array.from(random.permutation(values.length), (i) => values[i]);
}
