import type { FrameInput } from "../../src/recognize/clip_input.ts";
import { paste, type Picture, realFace, turned } from "../vision/real_faces.ts";

/** Frames of a scene, as they go to a recogniser. */
type Frames = FrameInput & { readonly data: Uint8Array<ArrayBuffer> };

const [WIDTH, HEIGHT, FPS] = [320, 180, 6];

/** A picture and where it is. */
type Placed = readonly [picture: Picture, x: number, y: number];

/** Grey frames at six a second, of which each shows what `shows` says. */
function scene(n: number, shows: (frame: number) => readonly Placed[]): Frames {
  const length = HEIGHT * WIDTH * 3;
  const data = new Uint8Array(n * length).fill(110);
  for (let frame = 0; frame < n; frame++) {
    const pixels = data.subarray(frame * length, (frame + 1) * length);
    for (const [picture, x, y] of shows(frame)) paste(pixels, WIDTH, picture, x, y);
  }
  return { data, n, height: HEIGHT, width: WIDTH, fps: FPS };
}

/**
 * Scenes of photographed faces: one alone at the left, the same beside a small one, the small one alone, the first for half of
 * the time and then at the right, the right one alone, the left one for a quarter of the time that is else grey,
 * and the left one upside down.
 */
export async function faceScenes() {
  const [man, woman] = [await realFace("man", 150), await realFace("woman", 70)];
  const left: Placed = [man, 4, 12];
  const right: Placed = [man, 160, 20];
  const bystander: Placed = [woman, 230, 60];
  return {
    alone: scene(12, () => [left]),
    bystander: scene(12, () => [bystander, left]),
    small: scene(12, () => [bystander]),
    cut: scene(12, (frame) => [frame < 6 ? left : right]),
    right: scene(12, () => [right]),
    late: scene(24, (frame) => frame < 18 ? [] : [left]),
    upsideDown: scene(12, () => [[turned(man, 2), 4, 12]]),
    empty: scene(12, () => []),
  };
}
