import { join } from "node:path";
import { encodeClip } from "../../src/media/encode_clip.ts";

/**
 * Writes a corpus of bare sounds into a new folder `dir`: calm and angry takes of some actors, one second of
 * a tone each, higher where it is angry. The first actor is number `from`.
 */
export async function writeToneCorpus(
  dir: string,
  { actors, takes, from = 1 }: {
    readonly actors: number;
    readonly takes: number;
    readonly from?: number;
  },
): Promise<void> {
  await Deno.mkdir(dir);
  for (let actor = from; actor < from + actors; actor++) {
    for (const emotion of [2, 5]) {
      for (let take = 1; take <= takes; take++) {
        const name = `03-01-0${emotion}-01-01-0${take}-0${actor}.wav`;
        const step = 0.02 * actor + 0.2 * emotion + 0.05 * take;
        await Deno.writeFile(join(dir, name), await toneWav(step));
      }
    }
  }
}

/** One second of a tone at 8 kHz, `step` radians a sample, as a WAV file. */
export function toneWav(step: number): Promise<Uint8Array<ArrayBuffer>> {
  const samples = Float32Array.from({ length: 8000 }, (_, i) => 0.3 * Math.sin(step * i));
  return encodeClip({ samples }, "wav");
}
