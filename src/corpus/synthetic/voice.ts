import type { Random } from "../../numeric/random.ts";
import type { Voice } from "./actor.ts";
import type { Delivery } from "./delivery.ts";
import type { Segment } from "./speech_plan.ts";

/** Samples between two updates of the filters. */
const STEP = 80;
/** Bandwidths of the five formants, in Hz. */
const BANDWIDTHS = [70, 90, 130, 220, 300];
/** Fourth and fifth formant of a man, which change little from sound to sound, in Hz. */
const HIGH_FORMANTS = [3450, 4500];

/**
 * Speaks a plan by source and filter: glottal pulses (the KLGLOTT88 source) and breath through a
 * cascade of formant resonators, hiss and bursts beside it. D. H. Klatt, "Software for a
 * cascade/parallel formant synthesizer", JASA 67, 1980; D. H. Klatt and L. C. Klatt, JASA 87, 1990.
 *
 * Arousal raises pitch, its range and the loudness, shortens the open phase of the glottis and lets
 * more of the high harmonics through; a subdued voice is low, even, soft and breathy.
 *
 * @returns `length` samples between -1 and 1.
 */
export function synthesiseVoice(
  plan: readonly Segment[],
  voice: Voice,
  delivery: Delivery,
  random: Random,
  sampleRate: number,
  length: number,
): Float32Array<ArrayBuffer> {
  const { arousal } = delivery;
  const glottis = new Glottis(voice, arousal, random.derive("glottis"), sampleRate);
  const hiss = random.derive("hiss");
  const pitch = pitchContour(plan, voice, arousal, random.derive("pitch"));
  const tract = BANDWIDTHS.map(() => new Resonator(sampleRate));
  const constriction = new Resonator(sampleRate);
  const smooth = { formants: [500, 1500, 2500], voicing: 0, aspiration: 0, frication: 0 };
  const out = new Float32Array(length);
  const nyquist = sampleRate / 2;

  let index = 0;
  for (let from = 0; from < length; from += STEP) {
    const t = from / sampleRate;
    while (index < plan.length && t >= plan[index].end) index++;
    const segment = index < plan.length && t >= plan[index].start ? plan[index] : undefined;
    const target = segment?.phone;
    // Articulators glide (time constant 18 ms), sources switch faster (6 ms): coarticulation.
    const glide = 1 - Math.exp(-STEP / sampleRate / 0.018);
    const swift = 1 - Math.exp(-STEP / sampleRate / 0.006);
    if (target) {
      for (let i = 0; i < 3; i++) {
        smooth.formants[i] += glide * (target.formants[i] - smooth.formants[i]);
      }
    }
    const loudness = segment?.stressed ? 1.15 + 0.5 * arousal : 1;
    smooth.voicing += swift * ((target?.voicing ?? 0) * loudness - smooth.voicing);
    smooth.aspiration += swift * ((target?.aspiration ?? 0) - smooth.aspiration);
    smooth.frication += swift * ((target?.frication ?? 0) - smooth.frication);
    [...smooth.formants, ...HIGH_FORMANTS].forEach((hz, i) => {
      tract[i].tune(Math.min(hz * voice.tract, nyquist * 0.95), BANDWIDTHS[i]);
    });
    constriction.tune(Math.min(target?.noiseHz ?? 3000, nyquist * 0.9), 1400);

    const hz = pitch(t);
    const breath = smooth.aspiration + voice.breath * (1 - 0.7 * arousal) * smooth.voicing * 0.25;
    for (let n = from; n < Math.min(from + STEP, length); n++) {
      const air = hiss.uniform(-1, 1);
      let sound = smooth.voicing * glottis.next(hz) + breath * 0.12 * air;
      for (const formant of tract) sound = formant.next(sound);
      out[n] = sound + constriction.next(air) * smooth.frication * (0.6 + 0.6 * arousal);
    }
  }
  return setLevel(out, -32 + 15 * arousal + voice.loudness + delivery.level, hiss);
}

/** A two-pole resonator with unit gain at 0 Hz, as Klatt's. */
class Resonator {
  readonly #sampleRate: number;
  #a = 0;
  #b = 0;
  #c = 0;
  #y1 = 0;
  #y2 = 0;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  tune(hz: number, bandwidth: number): void {
    const radius = Math.exp(-Math.PI * bandwidth / this.#sampleRate);
    this.#c = -radius * radius;
    this.#b = 2 * radius * Math.cos(2 * Math.PI * hz / this.#sampleRate);
    this.#a = 1 - this.#b - this.#c;
  }

  next(x: number): number {
    const y = this.#a * x + this.#b * this.#y1 + this.#c * this.#y2;
    this.#y2 = this.#y1;
    this.#y1 = y;
    return y;
  }
}

/** The voice source: the derivative of the glottal flow, with jitter and shimmer. */
class Glottis {
  readonly #voice: Voice;
  readonly #random: Random;
  readonly #sampleRate: number;
  readonly #open: number;
  readonly #tilt: number;
  #phase = 0;
  #period = 1;
  #strength = 1;
  #tilted = 0;

  constructor(voice: Voice, arousal: number, random: Random, sampleRate: number) {
    this.#voice = voice;
    this.#random = random;
    this.#sampleRate = sampleRate;
    this.#open = Math.max(0.4, 0.72 - 0.3 * arousal);
    // A one-pole low-pass: a pressed voice keeps its high harmonics, a soft one loses them.
    this.#tilt = 1 - Math.exp(-2 * Math.PI * (1000 + 5000 * arousal) / sampleRate);
  }

  next(hz: number): number {
    this.#phase += hz * this.#period / this.#sampleRate;
    if (this.#phase >= 1) {
      this.#phase -= 1;
      this.#period = 1 + this.#voice.jitter * this.#random.normal();
      this.#strength = 1 + this.#voice.shimmer * this.#random.normal();
    }
    const x = this.#phase / this.#open;
    const flow = x < 1 ? this.#strength * (2 * x - 3 * x * x) : 0;
    this.#tilted += this.#tilt * (flow - this.#tilted);
    return this.#tilted;
  }
}

/** The fundamental frequency in Hz at a time: base, declination, accents, and a slow wander. */
function pitchContour(
  plan: readonly Segment[],
  voice: Voice,
  arousal: number,
  random: Random,
): (t: number) => number {
  const start = plan[0].start;
  const seconds = plan[plan.length - 1].end - start;
  const accents = plan.filter(({ stressed }) => stressed).map((segment) => ({
    at: (segment.start + segment.end) / 2,
    rise: (1 + 4.5 * arousal) * random.uniform(0.6, 1.4),
  }));
  const offset = -1.5 + 8 * arousal + 1.2 * random.normal();
  const wander = random.uniform(0, 2 * Math.PI);
  return (t) => {
    const declination = -3 * (t - start) / seconds;
    const raised = accents.reduce((sum, { at, rise }) => {
      const z = (t - at) / 0.11;
      return sum + rise * Math.exp(-0.5 * z * z);
    }, 0);
    const semitones = offset + declination + raised + 0.4 * Math.sin(9 * t + wander);
    return voice.pitch * 2 ** (semitones / 12);
  };
}

/** Scales the speech to a level (RMS of its sounding part, in dB of full scale) and adds the room's noise. */
function setLevel(
  samples: Float32Array<ArrayBuffer>,
  level: number,
  hiss: Random,
): Float32Array<ArrayBuffer> {
  let energy = 0;
  let sounding = 0;
  for (const x of samples) {
    energy += x * x;
    if (Math.abs(x) > 1e-4) sounding++;
  }
  const gain = 10 ** (level / 20) / Math.sqrt(energy / Math.max(1, sounding));
  for (let n = 0; n < samples.length; n++) {
    const room = 0.0006 * hiss.uniform(-1, 1);
    // A soft ceiling in place of clipping.
    samples[n] = Math.tanh(samples[n] * gain + room);
  }
  return samples;
}
