import assert from "node:assert/strict";
import { planTiles } from "../../../src/nn/kernels/winograd_tiles.ts";

/** Products a pair of channels that a frame takes, four tiles of one size at a time. */
function products(outH: number, outW: number, sixesDown: number, sixesAcross: number): number {
  const fours = (n: number, sixes: number) => Math.ceil(Math.max(0, n - 6 * sixes) / 4);
  const [foursDown, foursAcross] = [fours(outH, sixesDown), fours(outW, sixesAcross)];
  const fourTiles = (down: number, across: number) => 4 * Math.ceil(down * across / 4);
  return 64 * fourTiles(sixesDown, sixesAcross) + 48 * fourTiles(sixesDown, foursAcross) +
    48 * fourTiles(foursDown, sixesAcross) + 36 * fourTiles(foursDown, foursAcross);
}

const SIZES = Array.from({ length: 40 }, (_, i) => i + 1);

Deno.test("planTiles() never takes more products than tiles of four alone", () => {
  for (const outH of SIZES) {
    for (const outW of SIZES) {
      const { sixesDown, sixesAcross } = planTiles(outH, outW);
      const taken = products(outH, outW, sixesDown, sixesAcross);
      assert(taken <= products(outH, outW, 0, 0), `${outH} x ${outW}: ${taken}`);
    }
  }
});

Deno.test("planTiles() counts the tiles and the points that its cuts make", () => {
  for (const outH of SIZES) {
    for (const outW of SIZES) {
      const plan = planTiles(outH, outW);
      const down = plan.sixesDown + Math.ceil(Math.max(0, outH - 6 * plan.sixesDown) / 4);
      const across = plan.sixesAcross + Math.ceil(Math.max(0, outW - 6 * plan.sixesAcross) / 4);
      assert.equal(plan.tiles, down * across);
      assert.equal(plan.pointsDown, plan.sixesDown > 0 ? 8 : 6);
      assert.equal(plan.pointsAcross, plan.sixesAcross > 0 ? 8 : 6);
    }
  }
});

Deno.test("planTiles() saves a sixth of the products or more on the pictures of VGG16's first three blocks", () => {
  for (const [outH, outW] of [[128, 227], [64, 113], [32, 56]]) {
    const { sixesDown, sixesAcross } = planTiles(outH, outW);
    const share = products(outH, outW, sixesDown, sixesAcross) / products(outH, outW, 0, 0);
    assert(share < 5 / 6, `${outH} x ${outW}: ${share}`);
  }
});

Deno.test("planTiles() keeps to the filter of fewest points where sixes save nothing", () => {
  for (const [outH, outW] of [[4, 4], [8, 14], [3, 8]]) {
    const { pointsDown, pointsAcross } = planTiles(outH, outW);
    assert.deepEqual([pointsDown, pointsAcross], [6, 6]);
  }
});
