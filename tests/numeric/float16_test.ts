import assert from "node:assert/strict";
import { fromFloat16, toFloat16 } from "../../src/numeric/float16.ts";

/** The value of half-precision bits by the definition of IEEE 754. */
function valueOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign *
    (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

const ALL = Uint16Array.from({ length: 65536 }, (_, i) => i);

Deno.test("fromFloat16() gives the value of each of the 65536 half-precision numbers", () => {
  assert.deepEqual(Array.from(fromFloat16(ALL)), Array.from(ALL, valueOf));
});

Deno.test("toFloat16() gives back every half-precision number", () => {
  const numbers = ALL.filter((half) => !Number.isNaN(valueOf(half)));
  assert.deepEqual(toFloat16(Float32Array.from(numbers, valueOf)), numbers);
  assert.ok(Number.isNaN(fromFloat16(toFloat16(Float32Array.of(NaN)))[0]));
});

Deno.test("toFloat16() rounds to the nearest, and ties to even", () => {
  // The last finite one's upper neighbour is infinite: its middle rounds there.
  for (let half = 0; half < 0x7c00; half++) {
    const low = valueOf(half);
    const high = half === 0x7bff ? 65536 : valueOf(half + 1);
    const middle = (low + high) / 2;
    const step = high - low;
    const [below, tie, above] = toFloat16(
      Float32Array.of(middle - step / 8, middle, middle + step / 8),
    );
    assert.deepEqual([below, tie, above], [half, half + (half & 1), half + 1], `after ${low}`);
    assert.equal(toFloat16(Float32Array.of(-middle))[0], tie | 0x8000);
  }
  assert.deepEqual(
    Array.from(toFloat16(Float32Array.of(1e30, -1e30, 1e-30, -1e-45))),
    [0x7c00, 0xfc00, 0, 0x8000],
  );
});
