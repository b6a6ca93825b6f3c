import assert from "node:assert/strict";
import fc from "fast-check";
import { fitTable, type TextTable } from "../../src/terminal/fit_table.ts";

const TABLE: TextTable = {
  columns: [
    { title: "model" },
    { title: "train", align: "right", spare: true },
    { title: "test", align: "right" },
    { title: "right", align: "right", spare: true },
    { title: "interval" },
  ],
  rows: [
    "voice",
    ["lda", "100.0 %", "50.0 %", "1/2", "1 - 2"],
    ["svm", "75.0 %", "100.0 %", "2/2", "3 - 4"],
  ],
};

/** The longest line. */
const widthOf = (text: string) => Math.max(...text.split("\n").map(({ length }) => length));

Deno.test("fitTable() has a frame where there is room, none where there is less", () => {
  const framed = fitTable(TABLE);
  assert.match(framed, /^┌.*┐\n│ model │ +train │/);
  assert.match(framed, /\n│ voice +│\n/);
  assert.equal(fitTable(TABLE, widthOf(framed)), framed);
  const plain = fitTable(TABLE, widthOf(framed) - 1);
  assert.equal(
    plain,
    "model    train     test  right  interval\n" +
      "voice\n" +
      "lda    100.0 %   50.0 %    1/2  1 - 2\n" +
      "svm     75.0 %  100.0 %    2/2  3 - 4",
  );
});

Deno.test("fitTable() leaves out spare columns from the left on, and says which", () => {
  const one = fitTable(TABLE, 38);
  assert.match(one, /^model +test +right +interval\n[^]*\n\(left out for want of room: train\)$/);
  const two = fitTable(TABLE, 27);
  assert.match(two, /^model +test +interval\n[^]*\n\(left out for want of room: train, right\)$/);
});

Deno.test("fitTable() cuts what is still too wide into parts that repeat the first column", () => {
  const text = fitTable(TABLE, 18);
  assert.equal(
    text,
    "model     test\nvoice\nlda     50.0 %\nsvm    100.0 %\n\n" +
      "model  interval\nvoice\nlda    1 - 2\nsvm    3 - 4\n(left out for want of room: train, right)",
  );
});

Deno.test("fitTable() keeps the end of what a row is about where it would take more than half a line", () => {
  const columns = ["clip", "label", "by"].map((title) => ({ title }));
  const rows = [["folders/within/folders/clip.mp4", "surprised", "voice and face"]];
  assert.equal(
    fitTable({ columns, rows }, 32),
    "clip              label\n…olders/clip.mp4  surprised\n\nclip              by\n…olders/clip.mp4  voice and face",
  );
});

Deno.test("fitTable() stays within the width and loses no cell, where every column fits beside the first", () => {
  const cell = fc.string({ unit: fc.constantFrom(..."abc123%"), minLength: 1, maxLength: 12 });
  const table = fc.integer({ min: 2, max: 9 }).chain((columns) =>
    fc.tuple(
      fc.array(cell, { minLength: columns, maxLength: columns }),
      fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 6 }),
    )
  );
  fc.assert(
    fc.property(table, fc.integer({ min: 30, max: 160 }), ([titles, rows], width) => {
      const text = fitTable({ columns: titles.map((title) => ({ title })), rows }, width);
      assert(widthOf(text) <= width, text);
      const words = new Set<string>(text.match(/[abc123%]+/g));
      for (const value of [titles, ...rows].flat()) assert(words.has(value), value);
    }),
    { seed: 5, numRuns: 150 },
  );
});
