import { Random } from "../../numeric/random.ts";
import { performanceId } from "../ravdess/name.ts";
import { type SyntheticActor, syntheticActor } from "./actor.ts";
import { Canvas } from "./canvas.ts";
import { type Delivery, drawDelivery } from "./delivery.ts";
import { drawFace } from "./face.ts";
import { animateFace } from "./face_pose.ts";
import type { SyntheticPerformance } from "./performances.ts";
import { planSpeech, type Segment } from "./speech_plan.ts";
import { synthesiseVoice } from "./voice.ts";

/** Width of the pictures in pixels. */
const WIDTH = 320;
/** Height of the pictures in pixels. */
const HEIGHT = 180;
/** Frames a second. */
const FPS = 30;
/** Sound samples a second. */
const SAMPLE_RATE = 16000;

/** A clip before it is encoded. */
export interface RenderedPerformance {
  /** The pictures one after the other, each RGB [height, width, 3] in an array of its own. */
  frames(): Iterable<Uint8Array<ArrayBuffer>>;
  /** Number of pictures. */
  readonly frameCount: number;
  /** Width of a picture in pixels. */
  readonly width: number;
  /** Height of a picture in pixels. */
  readonly height: number;
  /** Pictures a second. */
  readonly fps: number;
  /** The sound between -1 and 1, exactly as long as the pictures; zeros for a `video-only` twin. */
  readonly samples: Float32Array<ArrayBuffer>;
  /** Sound samples a second, in Hz. */
  readonly sampleRate: number;
}

/**
 * Draws and speaks a performance. The same performance gives the same bytes; its `video-only` twin
 * gives the same pictures with digital silence, as in RAVDESS.
 *
 * @example
 * ```ts
 * import { syntheticPerformances } from "./performances.ts";
 * import { renderPerformance } from "./render.ts";
 * import assert from "node:assert/strict";
 *
 * const clip = renderPerformance(syntheticPerformances({ seed: 7 })[0]);
 * const [first] = clip.frames();
 * assert.equal(first.length, clip.width * clip.height * 3);
 * assert.equal(clip.samples.length, clip.frameCount / clip.fps * clip.sampleRate);
 * ```
 */
export function renderPerformance(performance: SyntheticPerformance): RenderedPerformance {
  const { name, seed } = performance;
  const actor = syntheticActor(seed, name.actor);
  const delivery = drawDelivery(seed, name, actor);
  const random = new Random(seed).derive(`take ${performanceId(name)}`);
  // Aroused speech is faster.
  const tempo = actor.voice.tempo * (1.08 - 0.16 * delivery.arousal);
  const plan = planSpeech(name.statement, delivery.speechStart, tempo, random.derive("plan"));
  // Three pictures are a whole number of samples: so the sound ends exactly with the last picture.
  const frameCount = 3 * Math.round(delivery.seconds * FPS / 3);
  const sampleCount = frameCount * SAMPLE_RATE / FPS;
  return {
    frames: () => drawFrames(actor, plan, delivery, random.derive("picture"), frameCount),
    frameCount,
    width: WIDTH,
    height: HEIGHT,
    fps: FPS,
    samples: name.modality === "video-only" ? new Float32Array(sampleCount) : synthesiseVoice(
      plan,
      actor.voice,
      delivery,
      random.derive("voice"),
      SAMPLE_RATE,
      sampleCount,
    ),
    sampleRate: SAMPLE_RATE,
  };
}

function* drawFrames(
  actor: SyntheticActor,
  plan: readonly Segment[],
  delivery: Delivery,
  random: Random,
  frameCount: number,
): Generator<Uint8Array<ArrayBuffer>> {
  const pose = animateFace(plan, delivery, random.derive("pose"));
  const camera = new Camera(random.derive("camera"));
  const canvas = new Canvas(WIDTH, HEIGHT);
  for (let frame = 0; frame < frameCount; frame++) {
    drawFace(canvas, actor.looks, pose(frame / FPS));
    yield camera.expose(canvas);
  }
}

/** The light and the sensor: exposure, a light from one side, a tint, and noise in every picture. */
class Camera {
  readonly #light = new Float32Array(WIDTH * HEIGHT);
  readonly #tint: readonly [number, number, number];
  readonly #noise = new Float32Array(1 << 15);
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
    const exposure = random.uniform(0.94, 1.04);
    const slopeX = random.uniform(-0.08, 0.08);
    const slopeY = random.uniform(-0.08, 0.02);
    for (let y = 0, at = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++, at++) {
        this.#light[at] = exposure + slopeX * (x / WIDTH - 0.5) + slopeY * (y / HEIGHT - 0.5);
      }
    }
    const warmth = random.uniform(-0.02, 0.02);
    this.#tint = [1 + warmth, 1, 1 - warmth];
    for (let i = 0; i < this.#noise.length; i++) this.#noise[i] = 1.8 * random.normal();
  }

  expose(canvas: Canvas): Uint8Array<ArrayBuffer> {
    const { pixels } = canvas;
    const picture = new Uint8Array(pixels.length);
    const flicker = 1 + 0.006 * this.#random.normal();
    const [red, green, blue] = this.#tint.map((tint) => tint * flicker);
    // Fresh noise would cost more than the drawing: every row reads the same table from another place.
    const noise = this.#noise;
    const mask = noise.length - 1;
    let at = 0;
    for (let y = 0, pixel = 0; y < HEIGHT; y++) {
      let from = this.#random.int(noise.length);
      for (let x = 0; x < WIDTH; x++, pixel++) {
        const light = this.#light[pixel];
        picture[at] = toByte(pixels[at] * light * red + noise[from++ & mask]);
        picture[at + 1] = toByte(pixels[at + 1] * light * green + noise[from++ & mask]);
        picture[at + 2] = toByte(pixels[at + 2] * light * blue + noise[from++ & mask]);
        at += 3;
      }
    }
    return picture;
  }
}

function toByte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
}
