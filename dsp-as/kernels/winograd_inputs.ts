// B^T d B: the inputs of tiles at the points of Winograd's convolution.

import { transpose4 } from "./pack";
import { inputFour, inputSix } from "./winograd_points";
import { pointsOf } from "./winograd_sizes";
import { Region, regionOf } from "./winograd_tiles";

/** Bytes of a tile with eight by eight points, and between its rows. */
const TILE: usize = 1024;
const ROW: usize = 128;

/** Bytes of temporary memory that transformInputs() needs: five tiles and the places of four. */
export const INPUT_TEMP: usize = 5 * TILE + 64;

/** Bytes that the patches of four tiles take. */
export function patchesBytes(cp: i32): usize {
  return <usize>cp << 10;
}

/** The inputs of a convolution. */
// @ts-ignore: decorator
@unmanaged
export class Picture {
  x: usize;
  height: i32;
  width: i32;
  channels: i32;
  padTop: i32;
  padLeft: i32;
}

/**
 * Transforms tiles `first` to `first + count`, four at a time, since the product takes the four as one vector: to
 * `v`, [points][tiles / 4][cp][4], with `vStep` bytes from point to point and `pointsAcross` points in a row.
 */
export function transformInputs(
  picture: Picture, regions: usize, first: i32, count: i32,
  v: usize, vStep: usize, pointsAcross: i32, cp: i32, patches: usize, temp: usize,
): void {
  const places = temp + 5 * TILE;
  for (let t: i32 = 0; t < count; t += 4, v += <usize>cp << 4) {
    const region = regionOf(regions, first + t);
    const high = region.rows == 6, wide = region.columns == 6;
    const down = pointsOf(region.rows), across = pointsOf(region.columns);
    for (let s: i32 = 0; s < 4; s++) {
      place(picture, region, first + t + s, cp, patches + s * (patchesBytes(cp) >> 2), places + s * 12);
    }
    for (let c: i32 = 0; c < cp; c += 4) {
      for (let s: usize = 0; s < 4; s++) {
        const at = places + s * 12;
        transformTile(
          load<usize>(at) + (c << 2), load<usize>(at, 4), load<usize>(at, 8), temp + (s + 1) * TILE, temp, high, wide,
        );
      }
      for (let i: i32 = 0; i < down; i++) {
        let from = temp + TILE + i * ROW, to = v + (<usize>c << 4) + <usize>(i * pointsAcross) * vStep;
        for (let j: i32 = 0; j < across; j++, from += 16, to += vStep) transpose4(from, TILE, to, 16);
      }
    }
  }
}

/** Writes where a tile's patch is and how far apart its rows and pixels are: in the picture, or in a copy. */
function place(picture: Picture, region: Region, tile: i32, cp: i32, patch: usize, to: usize): void {
  const height = pointsOf(region.rows), width = pointsOf(region.columns);
  const pixel = <usize>picture.channels << 2, line = picture.width * pixel;
  const index = tile - region.start;
  const row = index / region.across, frame = row / region.down;
  const top = region.top + row % region.down * region.rows - picture.padTop;
  const left = region.left + index % region.across * region.columns - picture.padLeft;
  const corner = picture.x + ((<usize>frame * picture.height + top) * line + left * pixel);
  const bottom = top + height, right = left + width;
  if (
    tile < region.end && cp == picture.channels &&
    top >= 0 && left >= 0 && bottom <= picture.height && right <= picture.width
  ) {
    store<usize>(to, corner); store<usize>(to, line, 4); store<usize>(to, pixel, 8);
    return;
  }
  // At an edge, or where groups of four would read the next pixel's channels: a copy with zeros around.
  const cell = <usize>cp << 2, cells = width * cell;
  store<usize>(to, patch); store<usize>(to, cells, 4); store<usize>(to, cell, 8);
  memory.fill(patch, 0, height * cells);
  if (tile >= region.end) return;
  const from = max(0, -left), past = min(width, picture.width - left);
  if (past <= from) return;
  const end = min(height, picture.height - top);
  for (let r: i32 = max(0, -top); r < end; r++) {
    const at = patch + r * cells, pixels = corner + r * line;
    if (cell == pixel) memory.copy(at + from * cell, pixels + from * pixel, (past - from) * pixel);
    else for (let c = from; c < past; c++) memory.copy(at + c * cell, pixels + c * pixel, pixel);
  }
}

/** Four channels of one patch. */
function transformTile(
  from: usize, line: usize, pixel: usize, to: usize, temp: usize, high: bool, wide: bool,
): void {
  const columns: usize = wide ? 128 : 96, rows: usize = high ? 8 * ROW : 6 * ROW;
  if (high) for (let j: usize = 0; j < columns; j += 16, from += pixel) inputSix(from, line, temp + j, ROW);
  else for (let j: usize = 0; j < columns; j += 16, from += pixel) inputFour(from, line, temp + j, ROW);
  if (wide) for (let i: usize = 0; i < rows; i += ROW) inputSix(temp + i, 16, to + i, 16);
  else for (let i: usize = 0; i < rows; i += ROW) inputFour(temp + i, 16, to + i, 16);
}
