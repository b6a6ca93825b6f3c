import { Random } from "../../numeric/random.ts";

/** A colour: red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** The looks of a synthetic actor. Lengths are in units of half the height of the face. */
export interface Looks {
  /** Half the width of the face. */
  readonly width: number;
  /** How square the jaw is: 0 pointed, 1 square. */
  readonly jaw: number;
  /** Distance of the eyes from the middle line. */
  readonly eyeGap: number;
  /** Half the width of an eye. */
  readonly eyeWidth: number;
  /** Half the height of a wide open eye. */
  readonly eyeHeight: number;
  /** Height of the brows above the eyes at rest. */
  readonly browHeight: number;
  /** Half the thickness of the brows. */
  readonly browThickness: number;
  /** Inner ends of the brows at rest: positive hangs low and looks stern. */
  readonly browStern: number;
  /** Half the width of the nose. */
  readonly noseWidth: number;
  /** Half the width of the mouth at rest. */
  readonly mouthWidth: number;
  /** Thickness of the lips. */
  readonly lips: number;
  /** Corners of the mouth at rest: positive is a natural smile. */
  readonly mouthMood: number;
  /** Length of the hair at the sides: 0 short, 1 to the shoulders. */
  readonly hairLength: number;
  /** How far the hair covers the forehead. */
  readonly fringe: number;
  /** Side of the parting: -1 left to 1 right. */
  readonly parting: number;
  /** Colour of the skin. */
  readonly skin: Colour;
  /** Colour of the hair and brows. */
  readonly hair: Colour;
  /** Colour of the irises. */
  readonly iris: Colour;
  /** Colour of the lips. */
  readonly lip: Colour;
  /** Colour of the shirt. */
  readonly shirt: Colour;
  /** Colour of the wall behind. */
  readonly wall: Colour;
}

/** The voice of a synthetic actor. */
export interface Voice {
  /** Fundamental frequency at ease, in Hz. */
  readonly pitch: number;
  /** Formant frequencies relative to a man's: shorter vocal tracts have higher ones. */
  readonly tract: number;
  /** Share of breath in the voice, 0 to 1. */
  readonly breath: number;
  /** Random change of length from one glottal cycle to the next, as a fraction. */
  readonly jitter: number;
  /** Random change of strength from one glottal cycle to the next, as a fraction. */
  readonly shimmer: number;
  /** Loudness at ease relative to the other actors, in dB. */
  readonly loudness: number;
  /** Tempo relative to the other actors: above 1 is slower. */
  readonly tempo: number;
}

/** A synthetic actor: how they look, sound and act. */
export interface SyntheticActor {
  /** Their number, 1 to 24; odd numbers are men, even numbers are women. */
  readonly number: number;
  /** Their looks. */
  readonly looks: Looks;
  /** Their voice. */
  readonly voice: Voice;
  /** How much of an emotion they show, about 1. */
  readonly expressiveness: number;
}

/** Skins, each with the hair that it may go with. */
const PALETTES: readonly {
  readonly skin: Colour;
  readonly hairs: readonly Colour[];
}[] = [
  { skin: [236, 194, 168], hairs: [[172, 132, 80], [110, 68, 40]] },
  { skin: [214, 166, 134], hairs: [[92, 60, 36], [44, 34, 30]] },
  { skin: [176, 124, 92], hairs: [[40, 30, 26], [74, 68, 66]] },
  { skin: [132, 90, 66], hairs: [[30, 24, 22], [56, 38, 28]] },
];
const IRISES: readonly Colour[] = [[82, 54, 34], [74, 104, 130], [80, 100, 68], [58, 42, 32]];

/**
 * Makes an actor up. The same seed and number give the same actor.
 *
 * @param seed Seed of the corpus.
 * @param number Number of the actor, 1 to 24; odd is a man, even is a woman, as in RAVDESS.
 */
export function syntheticActor(seed: number, number: number): SyntheticActor {
  const random = new Random(seed).derive(`actor ${number}`);
  const isWoman = number % 2 === 0;
  const near = (value: number, spread: number) => value + spread * random.uniform(-1, 1);
  const tint = (colour: Colour, spread: number): Colour => {
    const change = near(0, spread);
    return [colour[0] + change, colour[1] + change, colour[2] + change];
  };
  // Neighbouring numbers differ plainly; the seed varies which palette a number starts from.
  const palette = PALETTES[(number + random.int(2)) % PALETTES.length];
  const skin = tint(palette.skin, 8);
  const looks: Looks = {
    width: near(isWoman ? 0.72 : 0.76, 0.04),
    jaw: near(isWoman ? 0.25 : 0.7, 0.2),
    eyeGap: near(0.315, 0.025),
    eyeWidth: near(0.145, 0.012),
    eyeHeight: near(isWoman ? 0.075 : 0.064, 0.008),
    browHeight: near(isWoman ? 0.215 : 0.185, 0.025),
    browThickness: near(isWoman ? 0.022 : 0.036, 0.007),
    browStern: near(0.01, 0.025),
    noseWidth: near(isWoman ? 0.125 : 0.15, 0.02),
    mouthWidth: near(0.27, 0.025),
    lips: near(isWoman ? 0.062 : 0.05, 0.01),
    mouthMood: near(0, 0.02),
    hairLength: isWoman ? near(0.75, 0.25) : near(0.08, 0.06),
    fringe: near(isWoman ? 0.3 : 0.22, 0.06),
    parting: near(0, 0.8),
    skin,
    hair: tint(palette.hairs[random.int(palette.hairs.length)], 8),
    iris: IRISES[random.int(IRISES.length)],
    lip: isWoman
      ? [skin[0] * 0.84, skin[1] * 0.56, skin[2] * 0.58]
      : [skin[0] * 0.85, skin[1] * 0.66, skin[2] * 0.64],
    shirt: tint([44, 44, 50], 14),
    wall: [near(224, 8), near(224, 8), near(222, 8)],
  };
  const voice: Voice = {
    pitch: isWoman ? near(200, 22) : near(114, 14),
    tract: isWoman ? near(1.16, 0.04) : near(1, 0.05),
    breath: near(isWoman ? 0.28 : 0.18, 0.1),
    jitter: near(0.011, 0.004),
    shimmer: near(0.05, 0.02),
    loudness: near(0, 2.5),
    tempo: near(1.05, 0.1),
  };
  return { number, looks, voice, expressiveness: near(1, 0.18) };
}
