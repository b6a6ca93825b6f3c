import assert from "node:assert/strict";

/** Asserts that numbers, or arrays of them with nulls in the same places, differ by 1e-9 at most. */
export function assertClose(
  actual: number | null | readonly (number | null)[],
  expected: number | null | readonly (number | null)[],
  what: string,
): void {
  const [got, wanted] = [[actual].flat(), [expected].flat()] as (number | null)[][];
  assert.equal(got.length, wanted.length, what);
  wanted.forEach((value, k) => {
    const other = got[k];
    const isClose = value === null || other === null || other === undefined
      ? value === other
      : Math.abs(value - other) <= 1e-9;
    assert(isClose, `${what}: ${other} instead of ${value}`);
  });
}
