import { type Degradation, levelOf } from "./degradation.ts";

/** Echoes a second: enough to be heard as one. */
const DENSITY = 1500;

/** How many dB an echo has lost after the reverberation time. */
const DECAY = 60;

/**
 * A room: echoes at random times and of random signs that die away ("velvet noise": H. Järveläinen and M. Karjalainen,
 * "Reverberation modeling using velvet noise", AES 30th International Conference, 2007). The level stays as it was.
 *
 * @param seconds The reverberation time, in seconds, or between what it is drawn.
 * @param ratio The distance of all echoes from the direct sound, in dB, or between what it is drawn.
 */
export function room(
  seconds: readonly [number, number],
  ratio: readonly [number, number],
): Degradation {
  return (samples, { sampleRate, random }) => {
    const time = random.uniform(...seconds);
    const step = sampleRate / DENSITY;
    const count = Math.floor(time * DENSITY);
    const delays = Int32Array.from(
      { length: count },
      (_, i) => Math.max(1, Math.floor((i + random.next()) * step)),
    );
    const gains = Float64Array.from(
      delays,
      (delay) => (random.next() < 0.5 ? -1 : 1) * 10 ** (-DECAY * delay / (time * sampleRate) / 20),
    );
    const power = gains.reduce((sum, gain) => sum + gain * gain, 0);
    const scale = 10 ** (-random.uniform(...ratio) / 20) / Math.sqrt(power || 1);
    const out = Float32Array.from(samples);
    delays.forEach((delay, i) => {
      const gain = scale * gains[i];
      for (let t = delay; t < out.length; t++) out[t] += gain * samples[t - delay];
    });
    const change = levelOf(samples) / (levelOf(out) || 1);
    return out.map((x) => x * change);
  };
}
