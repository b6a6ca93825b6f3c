import type { Path } from "./canvas.ts";
import type { Point } from "./curves.ts";
import type { FacePose } from "./face_pose.ts";

/**
 * Places the face in the picture. A point of the face is given by x (to the right), y (downwards),
 * both from the middle of the face in units of half its height, and by its depth (how far it stands
 * out towards the camera), which moves it when the head turns.
 */
export class Projection {
  readonly #pose: FacePose;
  readonly #unit: number;
  readonly #x: number;
  readonly #y: number;
  readonly #cos: number;
  readonly #sin: number;

  /**
   * Places a face of the usual size and height in a picture.
   *
   * @param pose The pose of the head.
   * @param width Width of the picture in pixels.
   * @param height Height of the picture in pixels.
   */
  constructor(pose: FacePose, width: number, height: number) {
    this.#pose = pose;
    this.#unit = 0.315 * height * pose.scale;
    this.#x = width / 2 + pose.x * this.#unit;
    this.#y = 0.475 * height + pose.y * this.#unit;
    this.#cos = Math.cos(pose.roll);
    this.#sin = Math.sin(pose.roll);
  }

  /** A length in pixels. */
  length(length: number): number {
    return length * this.#unit;
  }

  /** A point in pixels. Its depth is that of the skin there plus `extra`. */
  point(x: number, y: number, extra = 0): Point {
    // The skin as half an ellipsoid, 0.6 deep.
    const depth = 0.6 * Math.sqrt(Math.max(0, 1 - 1.4 * x * x - 0.8 * y * y)) + extra;
    const turnedX = x + this.#pose.yaw * depth;
    const turnedY = y + this.#pose.pitch * depth;
    return [
      this.#x + this.#unit * (turnedX * this.#cos - turnedY * this.#sin),
      this.#y + this.#unit * (turnedX * this.#sin + turnedY * this.#cos),
    ];
  }

  /** A path in pixels, every point of it on the skin plus `extra`. */
  path(path: Path, extra = 0): number[] {
    const out: number[] = [];
    for (let i = 0; i < path.length; i += 2) out.push(...this.point(path[i], path[i + 1], extra));
    return out;
  }
}
