import assert from "node:assert/strict";
import { exp } from "../../src/numeric/exp.ts";

/** Exact values rounded to double precision (mpmath 1.3.0, 60 digits). */
const EXACT: readonly (readonly [x: number, value: number])[] = [
  [1.0, 2.718281828459045],
  [-1.0, 0.36787944117144233],
  [0.5, 1.6487212707001282],
  [-0.3465735902799726, 0.7071067811865476],
  [-0.3465735902799727, 0.7071067811865475],
  [-1e-09, 0.999999999],
  [-7.3, 0.0006755387751938444],
  [-88.7, 3.006626321563833e-39],
  [-708.3, 2.450295530965988e-308],
  [-744.4, 5e-324],
  [709.7, 1.6549840276802644e+308],
  [700.0, 1.0142320547350045e+304],
  [-0.1, 0.9048374180359595],
];

/** A sum of the bits of exp(-i / 1000), i = 0 to 99 999, computed by the same formula in Python. */
const BITS = -1_549_198_349;

Deno.test("exp is within one unit in the last place of the exact value, from end to end", () => {
  for (const [x, value] of EXACT) {
    const unit = Math.max(Number.MIN_VALUE, value * Number.EPSILON);
    assert(Math.abs(exp(x) - value) <= unit, `exp(${x}): ${exp(x)}, ${value}`);
  }
});

Deno.test("exp has the bits that it has in every engine", () => {
  const view = new DataView(new ArrayBuffer(8));
  let bits = 0;
  for (let i = 0; i < 100_000; i++) {
    view.setFloat64(0, exp(-i / 1000));
    bits = (Math.imul(bits, 31) + view.getInt32(0) + view.getInt32(4)) | 0;
  }
  assert.equal(bits, BITS);
});

Deno.test("exp knows the ends and what is no number", () => {
  assert.deepEqual([0, -0, 710, Infinity, -746, -Infinity].map(exp), [
    1,
    1,
    Infinity,
    Infinity,
    0,
    0,
  ]);
  assert(Number.isNaN(exp(NaN)));
});
