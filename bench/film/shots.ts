import { VAD_RATE } from "../../models/silero/silero_vad.ts";
import { Random } from "../../src/numeric/random.ts";
import type { MadeRecording } from "../segments/recording.ts";
import type { CastClip } from "./cast.ts";

/** Size of a film in pixels, and its frames a second. */
export const [WIDTH, HEIGHT, FPS] = [1280, 720, 30];

/** Clips begin at multiples of so many samples, and of so many frames: a tenth of a second. */
export const STEP = VAD_RATE / 10, STEP_FRAMES = FPS / 10;

/** How many backgrounds there are. */
export const BACKGROUNDS = 4;

/** A picture that moves over the background. */
export interface Placed {
  /** The clip whose picture it is. */
  readonly path: string;
  /** Its size in the film, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Where its left upper corner is at first. */
  readonly x: number;
  readonly y: number;
  /** Pixels a second that it moves to the right. */
  readonly speed: number;
}

/** A part of a film without a cut. */
export interface Shot {
  /** How many frames it has. */
  readonly frames: number;
  /** The number of its background. */
  readonly background: number;
  /** Pixels a second that the background moves to the left; 0 for a still one. */
  readonly speed: number;
  /** What is seen in front of it. */
  readonly faces: readonly Placed[];
}

/** Sizes of faces that fill their picture, in pixels, and of whole pictures, as shares of the film's. */
const FACES = [160, 640], PERSONS = [0.45, 0.7, 1];

/** The fastest that anything moves, in pixels a second. */
const FASTEST = 60;

/**
 * The pictures of a film whose sound is a recording: of clips that are seen, their picture at a size and a place of
 * chance, half of them before a background that moves; of those that are only heard, and in pauses, a still
 * picture without a face.
 */
export function planShots(
  { clips }: MadeRecording,
  cast: readonly CastClip[],
  seed: number,
): Shot[] {
  const random = new Random(seed);
  const shots: Shot[] = [];
  let at = 0;
  const still = (frames: number): Shot => ({
    frames,
    background: random.int(BACKGROUNDS),
    speed: 0,
    faces: [],
  });
  for (const { clip, samples, start } of clips) {
    const begin = Math.round(start * FPS);
    shots.push(still(begin - at));
    const frames = STEP_FRAMES * Math.ceil(samples.length / STEP);
    const { shows } = cast.find((one) => one.clip === clip)!;
    shots.push(
      shows === "nothing" ? still(frames) : {
        frames,
        background: random.int(BACKGROUNDS),
        speed: random.int(2) * random.uniform(20, FASTEST),
        faces: [place(clip.path, shows, random)],
      },
    );
    at = begin + frames;
  }
  return shots;
}

function place(path: string, shows: "face" | "person", random: Random): Placed {
  const even = (value: number) => 2 * Math.round(value / 2);
  const side = even(random.uniform(FACES[0], FACES[1]));
  const share = PERSONS[random.int(PERSONS.length)];
  const [width, height] = shows === "face"
    ? [side, side]
    : [even(share * WIDTH), even(share * HEIGHT)];
  return {
    path,
    width,
    height,
    x: random.int(WIDTH - width + 1),
    y: random.int(HEIGHT - height + 1),
    speed: random.uniform(-FASTEST, FASTEST),
  };
}
