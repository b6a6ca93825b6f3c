import type { Random } from "../../numeric/random.ts";
import type { Delivery } from "./delivery.ts";
import type { Segment } from "./speech_plan.ts";

/** Where the head is and what the face does at one moment. */
export interface FacePose {
  /** Shift of the head to the right, in units of half the height of the face. */
  readonly x: number;
  /** Shift of the head downwards, in the same units. */
  readonly y: number;
  /** Size relative to usual: above 1 leans towards the camera. */
  readonly scale: number;
  /** Tilt of the head in radians, clockwise. */
  readonly roll: number;
  /** Turn to the right: the sine of the angle. */
  readonly yaw: number;
  /** Turn downwards: the sine of the angle. */
  readonly pitch: number;
  /** Anger shown, 0 to about 1.2. */
  readonly anger: number;
  /** Smile shown, 0 to 1. */
  readonly smile: number;
  /** Opening of the mouth, 0 closed to about 1. */
  readonly opening: number;
  /** Rounding of the lips, 0 to 1. */
  readonly rounding: number;
  /** Closing of the eyes, 0 open to 1 shut. */
  readonly blink: number;
  /** Gaze to the right, in units of half the height of the face. */
  readonly gaze: number;
}

const BLINK_SECONDS = 0.22;

/**
 * How the face moves during a take: it drifts, blinks, speaks along the plan, nods on accents, and
 * takes its expression shortly before the first word and lets it go after the last.
 *
 * @returns The pose at a time in seconds.
 */
export function animateFace(
  plan: readonly Segment[],
  delivery: Delivery,
  random: Random,
): (t: number) => FacePose {
  const drift = (label: string) => wander(random.derive(label));
  const [x, y, scale, roll, yaw, pitch, mood, gaze] = [
    "x",
    "y",
    "scale",
    "roll",
    "yaw",
    "pitch",
    "mood",
    "gaze",
  ].map(drift);
  const home = {
    yaw: 0.1 * random.normal(),
    roll: 0.025 * random.normal(),
    x: 0.05 * random.normal(),
    y: 0.03 * random.normal(),
  };
  const blinks: number[] = [];
  for (let t = random.uniform(0.1, 2); t < delivery.seconds; t += random.uniform(1.1, 3)) {
    blinks.push(t);
  }
  const accents = plan.filter(({ stressed }) => stressed);
  const [first, last] = [plan[0].start, plan[plan.length - 1].end];
  const lively = 0.4 + 0.5 * delivery.anger + 0.5 * delivery.arousal;

  return (t) => {
    const nod = accents.reduce((sum, { start }) => {
      const z = (t - start - 0.08) / 0.1;
      return sum + Math.exp(-0.5 * z * z);
    }, 0);
    const onset = smoothStep((t - first + 0.6) / 0.6) * (1 - 0.5 * smoothStep((t - last) / 0.7));
    const shown = onset * (1 + 0.12 * mood(t));
    return {
      x: home.x + 0.03 * lively * x(t),
      y: home.y + 0.015 * lively * y(t),
      scale: 1 + 0.012 * scale(t) + 0.04 * delivery.anger * onset,
      roll: home.roll + 0.03 * lively * roll(t),
      yaw: home.yaw + 0.05 * lively * yaw(t),
      pitch: 0.03 * pitch(t) + (0.03 + 0.08 * lively) * nod + 0.04 * delivery.anger * onset,
      anger: delivery.anger * shown,
      smile: delivery.smile * shown,
      opening: spoken(plan, t, "opening") * (0.65 + 0.5 * delivery.arousal),
      rounding: spoken(plan, t, "rounding"),
      blink: blinks.reduce((most, at) => {
        return Math.max(most, 1 - Math.abs((t - at) / (BLINK_SECONDS / 2) - 1));
      }, 0),
      gaze: 0.008 * gaze(t),
    };
  };
}

/** A smooth random movement around 0, about as wide as -1 to 1. */
function wander(random: Random): (t: number) => number {
  const waves = [0.23, 0.61, 1.3].map((hz) => ({
    speed: 2 * Math.PI * hz * random.uniform(0.8, 1.25),
    phase: random.uniform(0, 2 * Math.PI),
    size: random.uniform(0.3, 0.7) / Math.sqrt(1 + hz),
  }));
  return (t) => waves.reduce((sum, w) => sum + w.size * Math.sin(w.speed * t + w.phase), 0);
}

/** What the plan asks of the lips, averaged over the 90 ms that lips take to move. */
function spoken(plan: readonly Segment[], t: number, what: "opening" | "rounding"): number {
  let sum = 0;
  const steps = 9;
  for (let i = 0; i < steps; i++) {
    const at = t + 0.09 * ((i + 0.5) / steps - 0.5);
    sum += plan.find(({ start, end }) => at >= start && at < end)?.phone[what] ?? 0;
  }
  return sum / steps;
}

function smoothStep(x: number): number {
  const t = Math.min(1, Math.max(0, x));
  return t * t * (3 - 2 * t);
}
