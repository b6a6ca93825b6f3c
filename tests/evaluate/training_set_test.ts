import assert from "node:assert/strict";
import fc from "fast-check";
import { Matrix } from "../../src/numeric/matrix.ts";
import type { TrainingSet } from "../../src/evaluate/training_set.ts";
import { tableOf } from "../sample_table.ts";

/** Ten samples whose one feature is their number. */
const x = Matrix.fromRows(Array.from({ length: 10 }, (_, i) => [i]));
const SCALER = { name: "scaler", kind: "scaler" } as const;
const train = Int32Array.of(2, 4, 6, 8);

/** What `fit` read, when it was given the samples 2, 4, 6 and 8. */
function readBy(fit: (set: TrainingSet<Matrix>) => void): [number[], boolean] {
  const { table, ledger } = tableOf(x);
  table.learn(SCALER, train, fit);
  const [{ fittedOn, usesLabels }] = ledger.records;
  return [[...fittedOn], usesLabels];
}

Deno.test("TrainingSet hands out its samples in their order, with what is known of them", () => {
  const { table } = tableOf(x, { groups: [..."aabbccddee"], speakers: [..."zyxwvutsrq"] });
  table.learn(SCALER, Int32Array.of(5, 1, 2), (set) => {
    assert.deepEqual([...set.rows().data], [5, 1, 2]);
    assert.deepEqual([...set.labels()], [1, 1, 0]);
    assert.deepEqual(set.groups(), ["c", "a", "b"]);
    assert.deepEqual(set.speakers(), ["u", "y", "x"]);
    assert.equal(set.nClasses, 2);
    assert.deepEqual([...set.samples], [5, 1, 2]);
  });
});

Deno.test("the ledger holds what was read, not what was offered", () => {
  assert.deepEqual(readBy((set) => set.rows()), [[2, 4, 6, 8], false]);
  assert.deepEqual(readBy((set) => set.labels()), [[2, 4, 6, 8], true]);
  assert.deepEqual(readBy((set) => set.groups()), [[2, 4, 6, 8], false]);
  assert.deepEqual(readBy((set) => set.speakers()), [[2, 4, 6, 8], false]);
  assert.deepEqual(readBy((set) => set.subset([1, 3]).rows()), [[4, 8], false]);
  assert.deepEqual(readBy((set) => set.everything().rows()), [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    false,
  ]);
});

Deno.test("what parts of parts of a training set read is entered by the samples' own numbers", () => {
  fc.assert(
    fc.property(
      fc.subarray([...train.keys()], { minLength: 1 }),
      fc.infiniteStream(fc.nat()),
      (places, numbers) => {
        const inner = numbers.next().value! % places.length;
        const [fittedOn] = readBy((set) => {
          const part = set.subset(places).subset([inner]);
          assert.deepEqual([...part.rows().data], [...part.samples]);
        });
        assert.deepEqual(fittedOn, [train[places[inner]]]);
      },
    ),
    { seed: 11, numRuns: 100 },
  );
});

Deno.test("a part of a training set that leaves its training set behind is entered too", () => {
  const [fittedOn, usesLabels] = readBy((set) => {
    set.rows();
    set.everything().subset([9]).labels();
  });
  assert.deepEqual([fittedOn, usesLabels], [[2, 4, 6, 8, 9], true]);
});

Deno.test("TrainingSet refuses a place that it has not", () => {
  assert.throws(() => readBy((set) => set.subset([4])), /training set of 4 has no sample 4/);
});

Deno.test("a fit that read nothing was fitted to something else, and is refused", () => {
  const { table, ledger } = tableOf(x);
  assert.throws(() => table.learn(SCALER, train, () => 1), /scaler read none of its training set/);
  assert.deepEqual(ledger.records, []);
});

Deno.test("nothing can be read once the fit is entered", () => {
  const { table, ledger } = tableOf(x);
  const kept = table.learn(SCALER, train, (set) => {
    set.rows();
    return set;
  });
  for (const late of [kept, kept.everything(), kept.subset([0])]) {
    assert.throws(() => late.rows(), /scaler has been fitted: it can read no more/);
    assert.throws(() => late.labels(), /scaler has been fitted/);
    assert.throws(() => late.groups(), /scaler has been fitted/);
  }
  assert.equal(ledger.records.length, 1);
});

Deno.test("a fit that throws leaves no entry, for it leaves nothing fitted", () => {
  const { table, ledger } = tableOf(x);
  assert.throws(() =>
    table.learn(SCALER, train, (set) => {
      throw new RangeError(`cannot fit ${set.rows().rows} rows`);
    }), /cannot fit 4 rows/);
  assert.deepEqual(ledger.records, []);
});
