/**
 * Samples a second that a sound may have, in Hz, least and most: less holds no speech, more comes from a broken
 * header.
 */
export const SOUND_RATES: readonly [least: number, most: number] = [1000, 768_000];

/** Why a sound of this rate is refused; undefined where it is not. */
export function whyNoRate(sampleRate: number): string | undefined {
  const [least, most] = SOUND_RATES;
  if (Number.isInteger(sampleRate) && sampleRate >= least && sampleRate <= most) return undefined;
  return `the sound has ${sampleRate} samples a second; allowed: ${least} to ${most}`;
}
