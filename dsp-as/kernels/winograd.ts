// 3 x 3 convolution with stride 1 by Winograd's minimal filtering algorithms (A. Lavin and S. Gray, "Fast
// algorithms for convolutional neural networks", CVPR 2016): a tile of 6 x 6 outputs costs 64 products a
// pair of channels instead of 324, one of 4 x 4 outputs 36 instead of 144. A picture is covered by both and by
// 6 x 4 and 4 x 6 (winograd_tiles.ts). NHWC, any padding; docs/winograd.md has the numerical side.
//
// Tiles of all frames are worked on in blocks: transform the inputs of a block's tiles, multiply
// [tiles, inC] by [inC, outC] at each point, transform back, add the bias, cut below zero.

import { multiplyPanels } from "./panels";
import { INPUT_TEMP, patchesBytes, Picture, transformInputs } from "./winograd_inputs";
import { OUTPUT_TEMP, Result, transformOutputs } from "./winograd_outputs";
import { pointBytes, up } from "./winograd_sizes";
import { layTiles, regionAt, REGIONS_BYTES } from "./winograd_tiles";

/** Bytes of what goes before the blocks in the scratch memory. */
const HEAD: usize = (REGIONS_BYTES + offsetof<Picture>() + offsetof<Result>() + INPUT_TEMP + OUTPUT_TEMP + 63) & ~63;

/** Bytes of scratch memory that a convolution, or the transform of its filter, needs. */
export function winogradScratchBytes(
  inC: i32, outC: i32, pointsDown: i32, pointsAcross: i32, blockTiles: i32,
): i32 {
  const rows = up(blockTiles, 4), cp = up(inC, 4);
  const points = <usize>(pointsDown * pointsAcross);
  return <i32>(
    HEAD + patchesBytes(cp) + points * (pointBytes(rows, cp) + pointBytes(rows, up(outC, 8)))
  );
}

/**
 * y [batch, outH, outW, outC] = the convolution of x with a transformed filter, plus `bias` unless its
 * address is 0, held between `least` and `most`. Of the tiles, `sixesDown` rows are six outputs high and
 * `sixesAcross` columns are six wide; `blockTiles` are worked on at a time. The filter is one of eight points
 * each way where there are sixes, else of six.
 */
export function winogradConv2d(
  x: usize, filter: usize, bias: usize, y: usize,
  batch: i32, inH: i32, inW: i32, inC: i32, outH: i32, outW: i32, outC: i32,
  padTop: i32, padLeft: i32, least: f32, most: f32,
  sixesDown: i32, sixesAcross: i32, blockTiles: i32, scratch: usize,
): void {
  const cp = up(inC, 4), kp = up(outC, 8);
  const pointsDown = sixesDown > 0 ? 8 : 6, pointsAcross = sixesAcross > 0 ? 8 : 6;
  const regions = scratch;
  const picture = changetype<Picture>(regions + REGIONS_BYTES);
  picture.x = x; picture.height = inH; picture.width = inW; picture.channels = inC;
  picture.padTop = padTop; picture.padLeft = padLeft;
  const result = changetype<Result>(changetype<usize>(picture) + offsetof<Picture>());
  result.y = y; result.height = outH; result.width = outW; result.channels = outC;
  result.bias = bias; result.least = least; result.most = most;
  const temp = changetype<usize>(result) + offsetof<Result>();
  const patches = scratch + HEAD;
  const v = patches + patchesBytes(cp);
  const tiles = layTiles(regions, batch, outH, outW, sixesDown, sixesAcross);
  // Each block reads the whole filter: no small one at the end.
  const blocks = (tiles + blockTiles - 1) / blockTiles;
  const count = min(up((tiles + blocks - 1) / blocks, 4), up(blockTiles, 4));
  for (let first: i32 = 0; first < tiles; first += count) {
    const rows = min(count, tiles - first);
    const vStep = pointBytes(rows, cp), mStep = pointBytes(rows, kp);
    const m = v + <usize>(pointsDown * pointsAcross) * vStep;
    transformInputs(picture, regions, first, rows, v, vStep, pointsAcross, cp, patches, temp);
    multiplyPoints(regions, first, rows, kp, cp, pointsDown, pointsAcross, v, vStep, filter, m, mStep);
    transformOutputs(result, regions, first, rows, m, mStep, pointsAcross, kp, temp + INPUT_TEMP);
  }
}

/** The product at each point, of the tiles that have this point. */
function multiplyPoints(
  regions: usize, first: i32, rows: i32, kp: i32, cp: i32, pointsDown: i32, pointsAcross: i32,
  v: usize, vStep: usize, filter: usize, m: usize, mStep: usize,
): void {
  const step = pointBytes(cp, kp);
  for (let i: i32 = 0; i < pointsDown; i++) {
    for (let j: i32 = 0; j < pointsAcross; j++) {
      // The last two points each way are those of six outputs alone.
      const start = j < 6 ? 0 : regionAt(regions, 1).start;
      const end = i >= 6 ? regionAt(regions, 2).start : j >= 6 ? regionAt(regions, 3).start : first + rows;
      const from = max(0, start - first), past = min(rows, end - first);
      if (from < past) {
        multiplyPanels(
          past - from, kp, cp, v + (<usize>(from * cp) << 2), filter, m + (<usize>(from * kp) << 2), <usize>kp << 2, false,
        );
      }
      v += vStep; filter += step; m += mStep;
    }
  }
}
