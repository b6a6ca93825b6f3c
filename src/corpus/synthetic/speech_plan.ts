import type { Random } from "../../numeric/random.ts";
import type { Statement } from "../ravdess/fields.ts";

/** Target of the articulators and sources while one sound is made. */
export interface Phone {
  /** First three formants of a man's voice, in Hz. */
  readonly formants: readonly [number, number, number];
  /** Strength of the voice, 0 to 1. */
  readonly voicing: number;
  /** Strength of breath through the open glottis, 0 to 1. */
  readonly aspiration: number;
  /** Strength of noise made at a narrowing of the mouth, 0 to 1. */
  readonly frication: number;
  /** Centre of that noise, in Hz. */
  readonly noiseHz: number;
  /** Usual length in milliseconds. */
  readonly ms: number;
  /** Opening of the mouth, 0 closed to 1 wide. */
  readonly opening: number;
  /** Rounding of the lips, 0 spread to 1 round. */
  readonly rounding: number;
}

/** A sound at its place in the clip. */
export interface Segment {
  /** What is said. */
  readonly phone: Phone;
  /** Its start in seconds. */
  readonly start: number;
  /** Its end in seconds. */
  readonly end: number;
  /** Whether it is the vowel of an accented word. */
  readonly stressed: boolean;
}

function vowel(
  formants: Phone["formants"],
  ms: number,
  opening: number,
  rounding = 0,
  voicing = 1,
): Phone {
  return {
    formants,
    voicing,
    aspiration: 0.05,
    frication: 0,
    noiseHz: 3000,
    ms,
    opening,
    rounding,
  };
}

function noise(hz: number, frication: number, ms: number, voicing = 0, aspiration = 0): Phone {
  const formants = [340, 1600, 2600] as const;
  return { formants, voicing, aspiration, frication, noiseHz: hz, ms, opening: 0.15, rounding: 0 };
}

function closure(ms: number, voicing: number, opening: number): Phone {
  const formants = [210, 1300, 2400] as const;
  return {
    formants,
    voicing,
    aspiration: 0,
    frication: 0,
    noiseHz: 3000,
    ms,
    opening,
    rounding: 0.2,
  };
}

/**
 * Formants after G. E. Peterson and H. L. Barney, "Control methods used in a study of the vowels",
 * JASA 24, 1952 (men's means); plosives are a closure followed by a release.
 */
const PHONES = {
  IH: vowel([390, 1990, 2550], 95, 0.4),
  AA: vowel([730, 1090, 2440], 110, 0.95),
  AO: vowel([570, 840, 2410], 145, 0.75, 0.8),
  AH: vowel([640, 1190, 2390], 55, 0.5),
  A1: vowel([720, 1180, 2450], 95, 0.9),
  Y2: vowel([400, 1950, 2550], 75, 0.35),
  R: vowel([450, 1300, 1690], 75, 0.4, 0.5, 0.8),
  NG: vowel([280, 1450, 2300], 75, 0.25, 0, 0.5),
  DH: noise(3200, 0.06, 45, 0.5),
  S: noise(5400, 0.4, 115),
  Z: noise(5400, 0.2, 80, 0.35),
  ".k": closure(55, 0, 0.2),
  K: noise(1900, 0.35, 45, 0, 0.35),
  ".g": closure(45, 0.25, 0.25),
  G: noise(1700, 0.3, 18, 0.4),
  ".t": closure(50, 0, 0.1),
  T: noise(4200, 0.45, 40, 0, 0.3),
  ".d": closure(42, 0.25, 0.12),
  D: noise(3800, 0.3, 15, 0.4),
  ".b": closure(55, 0.25, 0),
  B: noise(900, 0.25, 12, 0.5),
} satisfies Record<string, Phone>;

/** The two statements as sounds; `*` marks the accented vowels. */
const SENTENCES: Record<Statement, string> = {
  1: ".k K IH* .d D Z AA R .t T AO* .k K IH NG .b B A1 Y2 DH AH .d D AO* R",
  2: ".d D AO* .g G Z AA R S IH* .t T IH NG .b B A1 Y2 DH AH .d D AO* R",
};

/**
 * Lays the sounds of a statement out in time.
 *
 * @param statement Which sentence.
 * @param start Start of the first sound in seconds.
 * @param tempo Length of everything relative to usual speech.
 * @param random Varies the length of each sound.
 */
export function planSpeech(
  statement: Statement,
  start: number,
  tempo: number,
  random: Random,
): Segment[] {
  const sounds = SENTENCES[statement].split(" ");
  let at = start;
  return sounds.map((sound, i) => {
    const stressed = sound.endsWith("*");
    const phone = PHONES[sound.replace("*", "") as keyof typeof PHONES];
    // The last syllable of an utterance is drawn out.
    const lengthening = i >= sounds.length - 2 ? 1.6 : 1;
    const seconds = phone.ms / 1000 * tempo * lengthening * (stressed ? 1.2 : 1) *
      random.uniform(0.85, 1.15);
    const segment = { phone, start: at, end: at + seconds, stressed };
    at += seconds;
    return segment;
  });
}
