import assert from "node:assert/strict";
import fc from "fast-check";
import { speechSegments } from "../../src/segment/speech_segments.ts";

/** Probabilities ten a second: each letter is one, from 0 for `0` to 0.9 for `9`. */
const spoken = (text: string) => Float32Array.from(text, (digit) => Number(digit) / 10);
const BARE = { onset: 0.5, offset: 0.35, margin: 0, leastPause: 0.3, leastSpeech: 0.2 };
const segments = (text: string, options = {}) =>
  speechSegments(spoken(text), 10, { ...BARE, ...options }).map(({ start, end }) => [start, end]);

Deno.test("speech begins at the onset and lasts while it is not below the offset", () => {
  assert.deepEqual(segments("0449440000"), [[0.3, 0.6]]);
  assert.deepEqual(segments("0440000000"), []);
  assert.deepEqual(segments("0000000099"), [[0.8, 1]]);
});

Deno.test("short pauses are bridged, short sounds dropped", () => {
  assert.deepEqual(segments("99990099990000999900"), [[0, 1], [1.4, 1.8]]);
  assert.deepEqual(segments("9990000090000"), [[0, 0.3]]);
  assert.deepEqual(segments("0090090000000"), [[0.2, 0.6]], "short sounds that belong together");
});

Deno.test("margins end at the recording's ends and in the middle of the pause", () => {
  assert.deepEqual(segments("9990000999", { margin: 1 }), [[0, 0.5], [0.5, 1]]);
});

Deno.test("long segments are cut at their deepest pauses", () => {
  const text = "99999999699999999939999999999";
  assert.deepEqual(segments(text, { longest: 2, offset: 0.2 }), [[0, 1.9], [1.9, 2.9]]);
  const short = segments(text, { longest: 1.5, offset: 0.2 });
  assert.deepEqual(short, [[0, 0.9], [0.9, 1.9], [1.9, 2.9]]);
});

Deno.test("segments are in order, apart, inside the recording and no longer than allowed", () => {
  const probabilities = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 300 });
  fc.assert(
    fc.property(probabilities, fc.double({ min: 0.8, max: 9, noNaN: true }), (p, longest) => {
      const found = speechSegments(Float32Array.from(p), 10, { longest });
      let before = 0;
      for (const { start, end } of found) {
        assert.ok(start >= before && end > start && end <= p.length / 10 + 1e-9);
        assert.ok(end - start <= longest + 1e-9, `${start} to ${end}, at most ${longest}`);
        before = end;
      }
    }),
  );
});
