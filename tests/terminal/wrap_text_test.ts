import assert from "node:assert/strict";
import fc from "fast-check";
import { wrapText } from "../../src/terminal/wrap_text.ts";

Deno.test("wrapText() leaves lines that fit as they are, spaces and all", () => {
  const text = "a  b\n\n   c";
  assert.equal(wrapText(text, 4), text);
  assert.equal(wrapText("x".repeat(300)), "x".repeat(300));
});

Deno.test("wrapText() breaks between words, indents what follows, and leaves long words whole", () => {
  assert.equal(wrapText("  a  one two three", 10), "  a  one\n    two\n    three");
  assert.equal(wrapText("see /a/very/long/path it is", 8), "see\n  /a/very/long/path\n  it is");
});

Deno.test("wrapText() keeps every word in order, and within the width unless it is longer itself", () => {
  const word = fc.string({ unit: fc.constantFrom(..."abcdef"), minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 30 }),
      fc.integer({ min: 5, max: 60 }),
      (words, width) => {
        const wrapped = wrapText(words.join(" "), width);
        assert.deepEqual(wrapped.split(/\s+/).filter((part) => part !== ""), words);
        for (const line of wrapped.split("\n")) {
          assert(line.length <= width || !line.trim().includes(" "), line);
        }
      },
    ),
    { seed: 6, numRuns: 200 },
  );
});
