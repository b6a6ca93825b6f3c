import type { Colour } from "./actor.ts";

/** Points of a path: x0, y0, x1, y1, ... in pixels, y downwards. */
export type Path = readonly number[];

/** A rectangle of pixels; right and bottom are not part of it. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * A picture that is drawn in software: filled polygons with exact anti-aliasing and soft blobs.
 * Colours are kept as fractions of a grey level until the picture is finished, so that many faint
 * layers do not round away.
 *
 * @example
 * ```ts
 * import { Canvas } from "./canvas.ts";
 * import assert from "node:assert/strict";
 *
 * const canvas = new Canvas(4, 1);
 * canvas.fill([0.5, 0, 2, 0, 2, 1, 0.5, 1], [200, 100, 0]);
 * assert.deepEqual(Array.from(canvas.pixels.slice(0, 6)), [100, 50, 0, 200, 100, 0]);
 * ```
 */
export class Canvas {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** Red, green and blue of every pixel, row by row, 0 to 255. */
  readonly pixels: Float32Array<ArrayBuffer>;
  /** Signed area that edges cover, one row after the other, two spare cells a row. */
  readonly #cover: Float32Array;
  /** Share of every pixel in which blobs show, or undefined for all of every pixel. */
  #clip: Float32Array | undefined;

  /** Makes a black picture. */
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Float32Array(width * height * 3);
    this.#cover = new Float32Array((width + 2) * height);
  }

  /** Covers everything with one colour, which changes evenly from top to bottom. */
  background(top: Colour, bottom: Colour): void {
    for (let y = 0, at = 0; y < this.height; y++) {
      const share = y / this.height;
      const red = top[0] + share * (bottom[0] - top[0]);
      const green = top[1] + share * (bottom[1] - top[1]);
      const blue = top[2] + share * (bottom[2] - top[2]);
      for (let x = 0; x < this.width; x++) {
        this.pixels[at++] = red;
        this.pixels[at++] = green;
        this.pixels[at++] = blue;
      }
    }
  }

  /**
   * Fills a closed polygon that does not cross itself.
   *
   * Every edge adds the signed area to its right in each pixel row; the running sum along the row is
   * then the exact share of each pixel that lies inside (R. Levien's font-rs accumulation buffer).
   *
   * @param path The corners; the last is joined to the first.
   * @param colour The colour inside.
   * @param opacity 0 invisible to 1 opaque. Default: 1.
   */
  fill(path: Path, colour: Colour, opacity = 1): void {
    const box = this.#trace(path);
    for (let y = box.top; y < box.bottom; y++) {
      let sum = 0;
      const row = y * (this.width + 2);
      for (let x = box.left; x < box.right; x++) {
        sum += this.#cover[row + x];
        const share = Math.min(1, Math.abs(sum)) * opacity;
        if (share > 1e-4) this.#blend((y * this.width + x) * 3, colour, share);
      }
    }
    this.#erase(box);
  }

  /** Lets blobs show within a closed polygon only, until {@linkcode Canvas.unclip}. */
  clip(path: Path): void {
    const box = this.#trace(path);
    this.#clip = new Float32Array(this.width * this.height);
    for (let y = box.top; y < box.bottom; y++) {
      let sum = 0;
      const row = y * (this.width + 2);
      for (let x = box.left; x < box.right; x++) {
        sum += this.#cover[row + x];
        this.#clip[y * this.width + x] = Math.min(1, Math.abs(sum));
      }
    }
    this.#erase(box);
  }

  /** Lets blobs show everywhere again. */
  unclip(): void {
    this.#clip = undefined;
  }

  /**
   * Lays a soft elliptical blob over the picture: strongest in the middle, nothing at its rim.
   *
   * @param x Middle, in pixels.
   * @param y Middle, in pixels.
   * @param radiusX Half the width, in pixels.
   * @param radiusY Half the height, in pixels.
   * @param colour The colour.
   * @param opacity Opacity in the middle, 0 to 1.
   */
  blob(
    x: number,
    y: number,
    radiusX: number,
    radiusY: number,
    colour: Colour,
    opacity: number,
  ): void {
    const y1 = Math.min(this.height, Math.ceil(y + radiusY));
    const x1 = Math.min(this.width, Math.ceil(x + radiusX));
    for (let py = Math.max(0, Math.floor(y - radiusY)); py < y1; py++) {
      const v = (py + 0.5 - y) / radiusY;
      for (let px = Math.max(0, Math.floor(x - radiusX)); px < x1; px++) {
        const u = (px + 0.5 - x) / radiusX;
        const inside = 1 - u * u - v * v;
        if (inside > 0) {
          const at = py * this.width + px;
          const shown = this.#clip ? this.#clip[at] : 1;
          this.#blend(at * 3, colour, shown * opacity * inside * inside);
        }
      }
    }
  }

  #blend(at: number, colour: Colour, share: number): void {
    const { pixels } = this;
    pixels[at] += share * (colour[0] - pixels[at]);
    pixels[at + 1] += share * (colour[1] - pixels[at + 1]);
    pixels[at + 2] += share * (colour[2] - pixels[at + 2]);
  }

  /** Adds the edges of a path to the cover and tells which pixels it may touch. */
  #trace(path: Path): Box {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < path.length; i += 2) {
      left = Math.min(left, path[i]);
      right = Math.max(right, path[i]);
      top = Math.min(top, path[i + 1]);
      bottom = Math.max(bottom, path[i + 1]);
      const j = (i + 2) % path.length;
      this.#edge(path[i], path[i + 1], path[j], path[j + 1]);
    }
    return {
      left: Math.max(0, Math.min(this.width, Math.floor(left))),
      top: Math.max(0, Math.floor(top)),
      right: Math.max(0, Math.min(this.width, Math.ceil(right))),
      bottom: Math.min(this.height, Math.ceil(bottom)),
    };
  }

  /** Clears the cover for the next path. */
  #erase({ left, top, right, bottom }: Box): void {
    for (let y = top; y < bottom; y++) {
      const row = y * (this.width + 2);
      this.#cover.fill(0, row + left, row + right + 2);
    }
  }

  #edge(ax: number, ay: number, bx: number, by: number): void {
    if (ay === by) return;
    const direction = ay < by ? 1 : -1;
    const [topX, topY, bottomX, bottomY] = ay < by ? [ax, ay, bx, by] : [bx, by, ax, ay];
    const slope = (bottomX - topX) / (bottomY - topY);
    const lastRow = Math.min(this.height, Math.ceil(bottomY));
    for (let row = Math.max(0, Math.floor(topY)); row < lastRow; row++) {
      const from = Math.max(row, topY);
      const to = Math.min(row + 1, bottomY);
      const start = row * (this.width + 2);
      const area = direction * (to - from);
      const xa = this.#inside(topX + (from - topY) * slope);
      const xb = this.#inside(topX + (to - topY) * slope);
      this.#cross(start, Math.min(xa, xb), Math.max(xa, xb), area);
    }
  }

  /** Edges beyond the left or right border count as running along it. */
  #inside(x: number): number {
    return Math.min(this.width, Math.max(0, x));
  }

  /** Adds one edge's stretch within one pixel row, which runs from `left` to `right`. */
  #cross(start: number, left: number, right: number, area: number): void {
    const first = Math.floor(left);
    const last = Math.ceil(right);
    if (last <= first + 1) {
      const outside = (left + right) / 2 - first;
      this.#cover[start + first] += area * (1 - outside);
      this.#cover[start + first + 1] += area * outside;
      return;
    }
    // Area to the right of the edge within the pixels up to x, as it grows from pixel to pixel.
    const perPixel = 1 / (right - left);
    let before = 0;
    for (let x = first; x < last; x++) {
      const enters = Math.max(left, x);
      const leaves = Math.min(right, x + 1);
      const crossed = (leaves - enters) * perPixel;
      const covered = (enters - left) * perPixel +
        crossed * (x + 1 - (enters + leaves) / 2);
      this.#cover[start + x] += area * (covered - before);
      before = covered;
    }
    this.#cover[start + last] += area * (1 - before);
  }
}
