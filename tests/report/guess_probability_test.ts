import assert from "node:assert/strict";
import fc from "fast-check";
import { guessProbability } from "../../src/report/guess_probability.ts";

Deno.test("guessProbability() of the tutorial's seven clips", () => {
  // A fair coin: (7 + 1) / 2^7 and 1 / 2^7.
  assert.ok(Math.abs(guessProbability(6, 7, 0.5) - 8 / 128) < 1e-12);
  assert.ok(Math.abs(guessProbability(7, 7, 0.5) - 1 / 128) < 1e-12);
});

Deno.test("guessProbability() of at least k hits and of at most k - 1 make one", () => {
  const cases = fc.tuple(
    fc.integer({ min: 1, max: 2000 }),
    fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  );
  fc.assert(fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ([n, p], share) => {
    const k = Math.max(1, Math.round(share * n));
    // At most k - 1 hits are at least n - k + 1 misses.
    const sum = guessProbability(k, n, p) + guessProbability(n - k + 1, n, 1 - p);
    assert.ok(Math.abs(sum - 1) < 1e-8, `${sum}`);
  }));
});

Deno.test("guessProbability() at the ends, and of what is impossible", () => {
  assert.equal(guessProbability(0, 5, 0), 1);
  assert.equal(guessProbability(1, 5, 0), 0);
  assert.equal(guessProbability(5, 5, 1), 1);
  assert.ok(guessProbability(1080, 1080, 0.125) < 1e-300);
  assert.throws(() => guessProbability(6, 5, 0.5), RangeError);
  assert.throws(() => guessProbability(1, 5, 1.5), RangeError);
});
