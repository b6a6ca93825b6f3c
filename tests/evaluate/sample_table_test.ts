import assert from "node:assert/strict";
import { SampleTable } from "../../src/evaluate/sample_table.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { tableOf } from "../sample_table.ts";

const x = Matrix.fromRows([[0, 10], [1, 11], [2, 12], [3, 13]]);
const RULE = { name: "rule", kind: "fusion-rule" } as const;
const values = (table: SampleTable) => [...table.publish().data];

/** A matrix of the same size, made value by value. */
const each = ({ rows, cols, data }: Matrix, make: (value: number, i: number) => number) =>
  new Matrix(rows, cols, data.map(make));
/** Subtracts the second part from the first. */
const difference = { combine: ([a, b]: readonly Matrix[]) => each(a, (v, i) => v - b.data[i]) };

Deno.test("SampleTable applies what was fitted, of whatever kind, to its rows alone", () => {
  const { table } = tableOf(x);
  const some = table.select(Int32Array.of(3, 1));
  const double = (matrix: Matrix) => each(matrix, (v) => 2 * v);
  for (
    const made of [
      some.transform({ transform: double }),
      some.embed({ embed: double }),
      some.predictProba({ predictProba: double }),
    ]
  ) {
    assert.deepEqual(values(made), [6, 26, 2, 22]);
    assert.deepEqual(values(made.select(Int32Array.of(1))), [2, 22], "rows keep their samples");
  }
  assert.deepEqual([...some.predict({ predict: (m) => Int32Array.of(m.rows, m.cols) })], [2, 2]);
});

Deno.test("SampleTable combines tables of the same samples, and no others", () => {
  const { table } = tableOf(x);
  const [a, b] = [Int32Array.of(0, 2), Int32Array.of(2, 0)].map((some) => table.select(some));
  const halved = table.transform({ transform: (m) => each(m, (v) => v / 2) });
  const combined = SampleTable.combine(difference, [table, halved]);
  assert.deepEqual(values(combined), values(halved));
  assert.deepEqual(values(SampleTable.concat([a, a])), [0, 10, 0, 10, 2, 12, 2, 12]);
  assert.throws(() => SampleTable.combine(difference, [a, b]), /different samples/);
  assert.throws(() => SampleTable.concat([]), /no table/);
  assert.throws(
    () => SampleTable.learn([table, a], RULE, Int32Array.of(0), (set) => set.rows()),
    /different samples/,
  );
});

Deno.test("what learns from several tables gets the same rows of each, and one entry", () => {
  const { table, ledger } = tableOf(x);
  const wide = SampleTable.concat([table, table]);
  const rows = SampleTable.learn([table, wide], RULE, Int32Array.of(3, 0), (set) => set.rows());
  assert.deepEqual(rows.map(({ data }) => [...data]), [
    [3, 13, 0, 10],
    [3, 13, 3, 13, 0, 10, 0, 10],
  ]);
  assert.deepEqual(ledger.records.map(({ fittedOn }) => [...fittedOn]), [[0, 3]]);
});

Deno.test("SampleTable.gather() brings rows from parts to their samples", () => {
  const { table, samples } = tableOf(x);
  const parts = [[3], [1]].map((some) => table.select(Int32Array.from(some)));
  const gathered = SampleTable.gather(samples, Int32Array.of(1, 2, 3), parts, {
    cols: 2,
    otherwise: 0.5,
  });
  assert.deepEqual(values(gathered), [1, 11, 0.5, 0.5, 3, 13]);
  const seen = gathered.learn(RULE, Int32Array.of(2), (set) => set.everything().rows().rows);
  assert.equal(seen, 3, "of samples without a row nothing can be read");
  assert.throws(
    () => SampleTable.gather(samples, Int32Array.of(1), parts, { cols: 2, otherwise: 0 }),
    /no row of sample 3/,
  );
  assert.throws(
    () => SampleTable.gather(samples, samples.all, parts, { cols: 3, otherwise: 0 }),
    /2 columns, not 3/,
  );
});

Deno.test("SampleTable copies rows only where fewer or others are wanted than it has", () => {
  const { table, samples } = tableOf(x);
  const all = table.learn(RULE, samples.all, (set) => set.rows());
  assert.equal(all, x);
  assert.equal(table.select(samples.all.slice()).publish(), x);
  assert.throws(() => table.select(Int32Array.of(4)), /no row of sample 4/);
  assert.throws(() => new SampleTable(samples, x, Int32Array.of(1)), /4 rows for 1 samples/);
});

Deno.test("SampleTable transforms the rows that are asked for, and keeps a selection and the whole", () => {
  const { table } = tableOf(x);
  const made: number[] = [];
  const double = table.transform({
    transform(rows, samples) {
      made.push(...samples);
      return each(rows, (value) => 2 * value);
    },
  });
  const some = Int32Array.of(3, 1);
  assert.deepEqual(made, [], "nothing was asked for yet");
  assert.deepEqual(values(double.select(some)), [6, 26, 2, 22]);
  const learned = double.learn(RULE, some, (set) => set.rows());
  assert.equal(learned, double.select(some).publish(), "a fit learns from the selection itself");
  assert.deepEqual(made, [3, 1]);
  assert.deepEqual(values(double), [0, 20, 2, 22, 4, 24, 6, 26]);
  assert.deepEqual(values(double.select(Int32Array.of(2))), [4, 24]);
  assert.deepEqual(made, [3, 1, 0, 1, 2, 3], "what is there is not made again");
  assert.throws(() => double.select(Int32Array.of(4)), /no row of sample 4/);
});

Deno.test("SampleTable transforms many rows part by part, each with its sample", () => {
  const { table } = tableOf(new Matrix(300, 1, Float32Array.from({ length: 300 }, (_, i) => i)));
  const added = table.transform({
    transform: (rows, samples) => each(rows, (value, row) => value + 1000 * samples[row]),
  });
  const backwards = Int32Array.from({ length: 299 }, (_, i) => 299 - i);
  assert.deepEqual(values(added.select(backwards)), [...backwards].map((i) => 1001 * i));
});
