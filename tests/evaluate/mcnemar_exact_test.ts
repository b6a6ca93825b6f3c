import assert from "node:assert/strict";
import { mcnemarExact } from "../../src/evaluate/mcnemar_exact.ts";

/** Twice the smaller tail in integers of any size, and only then as a number. */
function byCounting(n: number, k: number): number {
  let choose = 1n, sum = 0n;
  for (let i = 0; i <= k; i++) {
    sum += choose;
    choose = choose * BigInt(n - i) / BigInt(i + 1);
  }
  // Far more binary digits than a number has, so that the division keeps enough of them.
  const scaled = (2n * sum << 1000n) >> BigInt(n);
  return Math.min(1, Number(scaled) / 2 ** 500 / 2 ** 500);
}

Deno.test("mcnemarExact() equals counting in integers", () => {
  for (const n of [0, 1, 2, 3, 10, 37, 300]) {
    for (let k = 0; k <= n / 2; k++) {
      const [actual, expected] = [mcnemarExact(k, n - k), byCounting(n, k)];
      assert(Math.abs(actual - expected) <= 1e-13 * expected, `${k} of ${n}: ${actual}`);
    }
  }
});

Deno.test("mcnemarExact() does not mind which model is first", () => {
  assert.equal(mcnemarExact(3, 11), mcnemarExact(11, 3));
});

Deno.test("mcnemarExact() falls as the counts move apart, down to 0 and never below", () => {
  let last = 1;
  for (let k = 1000; k >= 0; k -= 50) {
    const p = mcnemarExact(k, 2000 - k);
    assert(p <= last && p >= 0);
    last = p;
  }
  assert.equal(mcnemarExact(0, 5000), 0);
});

Deno.test("mcnemarExact() throws for what is not a count", () => {
  for (const [a, b] of [[-1, 2], [1, 0.5], [NaN, 1]]) {
    assert.throws(() => mcnemarExact(a, b), /is not a number of samples/);
  }
});
