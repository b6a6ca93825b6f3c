import type { Emotion, RavdessName } from "../ravdess/fields.ts";
import { formatRavdessName } from "../ravdess/name.ts";

/** One file of the synthetic corpus: what to render. */
export interface SyntheticPerformance {
  /** The seven fields of its name. A `video-only` one is the silent twin of the same take. */
  readonly name: RavdessName;
  /** Path of its file inside the corpus folder, with `/` between its parts. */
  readonly file: string;
  /** Seed of the corpus that it belongs to. */
  readonly seed: number;
}

/** What {@linkcode syntheticPerformances} lists. */
export interface SyntheticOptions {
  /** Seed of every actor, voice and take. Default: 1. */
  readonly seed?: number;
  /** Number of synthetic actors, 1 to 24. Default: 4. */
  readonly speakers?: number;
}

/** The emotions that the synthetic actors play: the two of the tutorial. */
export const SYNTHETIC_EMOTIONS: readonly Emotion[] = ["calm", "angry"];

/**
 * Lists the files of the synthetic corpus. Each actor plays each emotion three times (either
 * statement with normal intensity, and one of the two with strong intensity), and one of the three
 * takes is there a second time as its silent `02-` twin. Four actors make 24 takes in 32 files.
 *
 * Why not 16 takes with a twin each, as the tutorial's 32 files are: then a speaker-independent test
 * has only 12 takes to learn from. Why any twins: so that the demo shows what they do, a take on
 * both sides of the tutorial's split and sound tracks of digital silence.
 *
 * @example
 * ```ts
 * import { syntheticPerformances } from "./performances.ts";
 * import assert from "node:assert/strict";
 *
 * const files = syntheticPerformances();
 * assert.equal(files.length, 32);
 * assert.equal(files[0].file, "Actor_01/01-01-02-01-01-01-01.mp4");
 * ```
 *
 * @throws {RangeError} If `speakers` is not a whole number from 1 to 24.
 */
export function syntheticPerformances(options: SyntheticOptions = {}): SyntheticPerformance[] {
  const { seed = 1, speakers = 4 } = options;
  if (!Number.isInteger(speakers) || speakers < 1 || speakers > 24) {
    throw new RangeError(`speakers must be a whole number from 1 to 24, got ${speakers}`);
  }
  const performances: SyntheticPerformance[] = [];
  for (let actor = 1; actor <= speakers; actor++) {
    SYNTHETIC_EMOTIONS.forEach((emotion, e) => {
      const common = { channel: "speech", emotion, repetition: 1, actor } as const;
      const takes = [
        { ...common, intensity: "normal", statement: 1 },
        { ...common, intensity: "normal", statement: 2 },
        { ...common, intensity: "strong", statement: (actor + e) % 2 === 0 ? 1 : 2 },
      ] as const;
      takes.forEach((take, i) => {
        const isDoubled = i === (actor + e) % takes.length;
        for (
          const modality of isDoubled
            ? ["audio-video", "video-only"] as const
            : ["audio-video"] as const
        ) {
          const name: RavdessName = { modality, ...take };
          const folder = `Actor_${String(actor).padStart(2, "0")}`;
          performances.push({ name, file: `${folder}/${formatRavdessName(name, ".mp4")}`, seed });
        }
      });
    });
  }
  return performances;
}
