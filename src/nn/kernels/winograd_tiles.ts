/**
 * Tiles of Winograd's algorithm that cover a picture: from the top, rows of tiles with six outputs, then rows with
 * four; from the left, columns likewise.
 *
 * @internal
 */
export interface WinogradTiles {
  /** Rows of tiles that are six outputs high. */
  readonly sixesDown: number;
  /** Columns of tiles that are six outputs wide. */
  readonly sixesAcross: number;
  /** All tiles of a frame. */
  readonly tiles: number;
  /** Points that a filter needs each way: eight where there are sixes, else six. */
  readonly pointsDown: number;
  /** See {@linkcode WinogradTiles.pointsDown}. */
  readonly pointsAcross: number;
}

/** Tiles that the product works on together. */
const PANEL = 4;

/** What reading the filter of one point costs, in products of a panel. */
const READING = 0.5;

/**
 * Covers outH x outW outputs such that one frame takes the fewest products, with panels that are not full and the
 * reading of the filter counted. The number of frames does not count, so that a frame has the same result in every
 * batch.
 */
export function planTiles(outH: number, outW: number): WinogradTiles {
  let best: WinogradTiles | undefined;
  let least = Infinity;
  for (const [sixesDown, foursDown] of cuts(outH)) {
    for (const [sixesAcross, foursAcross] of cuts(outW)) {
      const pointsDown = sixesDown > 0 ? 8 : 6;
      const pointsAcross = sixesAcross > 0 ? 8 : 6;
      const panels = (down: number, across: number) => Math.ceil(down * across / PANEL);
      const cost = 64 * panels(sixesDown, sixesAcross) + 48 * panels(sixesDown, foursAcross) +
        48 * panels(foursDown, sixesAcross) + 36 * panels(foursDown, foursAcross) +
        READING * pointsDown * pointsAcross;
      if (cost >= least) continue;
      least = cost;
      const tiles = (sixesDown + foursDown) * (sixesAcross + foursAcross);
      best = { sixesDown, sixesAcross, tiles, pointsDown, pointsAcross };
    }
  }
  return best!;
}

/** Ways to cover `n` outputs: fours alone, or sixes with at most two fours, since three fours are two sixes. */
function cuts(n: number): [sixes: number, fours: number][] {
  const ways: [number, number][] = [[0, Math.ceil(n / 4)]];
  for (const fours of [0, 1, 2]) {
    const sixes = Math.ceil((n - 4 * fours) / 6);
    if (sixes > 0) ways.push([sixes, fours]);
  }
  return ways;
}
