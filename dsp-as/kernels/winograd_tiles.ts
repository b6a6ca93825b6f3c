// How a picture is covered by tiles of six and of four outputs each way. Rows are cut into sixes and then
// fours, and so are columns, which makes four regions of equal tiles. Tiles of all frames of a batch are
// numbered region by region, each region from a multiple of four on, since four tiles are a panel of the product.
//
// The order of the regions lets the tiles that a point concerns lie side by side: those with six rows are regions
// 0 and 1, those with six columns 1 and 2. A tile with four rows has no products at the points of six alone.

/** A rectangle of tiles of one size. */
// @ts-ignore: decorator
@unmanaged
export class Region {
  /** Number of its first tile. */
  start: i32;
  /** Number after that of its last tile. */
  end: i32;
  /** Outputs of a tile, six or four each way. */
  rows: i32;
  columns: i32;
  /** First output of the region. */
  top: i32;
  left: i32;
  /** Tiles of one frame. */
  down: i32;
  across: i32;
}

/** Bytes of the table of regions. */
export const REGIONS_BYTES: usize = 4 * offsetof<Region>();

// @ts-ignore: decorator
@inline
export function regionAt(regions: usize, i: i32): Region {
  return changetype<Region>(regions + <usize>i * offsetof<Region>());
}

/**
 * Writes the table of regions for `sixesDown` rows and `sixesAcross` columns of tiles of six; fours cover what is
 * left. Returns how many numbers the tiles take, those that no tile has included.
 */
export function layTiles(
  regions: usize, batch: i32, outH: i32, outW: i32, sixesDown: i32, sixesAcross: i32,
): i32 {
  const top = 6 * sixesDown, left = 6 * sixesAcross;
  const foursDown = max(0, outH - top + 3) >> 2, foursAcross = max(0, outW - left + 3) >> 2;
  let start = 0;
  for (let i: i32 = 0; i < 4; i++) {
    const region = regionAt(regions, i);
    const highTiles = i < 2, wideTiles = i == 1 || i == 2;
    region.rows = highTiles ? 6 : 4; region.columns = wideTiles ? 6 : 4;
    region.top = highTiles ? 0 : top; region.left = wideTiles ? 0 : left;
    region.down = highTiles ? sixesDown : foursDown;
    region.across = wideTiles ? sixesAcross : foursAcross;
    region.start = start;
    region.end = start + batch * region.down * region.across;
    start = (region.end + 3) & ~3;
  }
  return start;
}

/** The region of a panel of tiles. */
export function regionOf(regions: usize, tile: i32): Region {
  let i: i32 = 0;
  while (tile >= regionAt(regions, i).end) i++;
  return regionAt(regions, i);
}
