import type { Sample } from "./samples.ts";

/** The files that a sample may be taken from, each once. */
export function filesOf({ picture, sound, landmarks }: Sample): string[] {
  const files = [...picture, ...sound, ...landmarks ? [landmarks] : []].map(({ file }) => file);
  return [...new Set(files)];
}
