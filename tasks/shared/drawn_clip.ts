import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { drawClip } from "../../src/corpus/synthetic/draw_clip.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { writeFileAtomically } from "../../src/runtime/write_file_atomically.ts";

/** Where the clip is put, in Emofuse's folder. */
const FILE = ".emofuse/drawn.mp4";

/**
 * A clip for whoever has none at hand: a drawn face and a computed voice, of which nobody can say what they feel.
 *
 * @returns Its path.
 */
export async function drawnClip(): Promise<string> {
  const bytes = await encodeClip(drawClip(), "mp4", { preset: "ultrafast" });
  const path = resolve(FILE);
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomically(path, bytes);
  return path;
}
