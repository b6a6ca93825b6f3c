import assert from "node:assert/strict";
import { Matrix } from "../../src/numeric/matrix.ts";
import { FITTERS } from "../../src/pipeline/fold/fits/fitters.ts";
import {
  normalise as normaliseTable,
  type NormaliseOptions,
} from "../../src/pipeline/fold/normalise.ts";
import { tableOf } from "../sample_table.ts";

type Given =
  & Pick<NormaliseOptions, "how" | "channels" | "train">
  & { readonly speakers: readonly string[] };

/** Normalises a matrix as a fold would. */
function normalise(x: Matrix, { speakers, ...given }: Given) {
  const { table, ledger } = tableOf(x, { speakers });
  const made = normaliseTable(table, { ...given, name: "voice", fitters: FITTERS });
  return { ...made, matrix: made.table.publish(), fits: ledger.records };
}

/** Two speakers of eight samples each; the second one is 100 louder. */
const speakers = Array.from({ length: 16 }, (_, i) => i < 8 ? "ann" : "bob");
const x = Matrix.fromRows(
  Array.from({ length: 16 }, (_, i) => [i % 2 + (i < 8 ? 0 : 100), 5]),
);
const train = Int32Array.from({ length: 8 }, (_, i) => i);

Deno.test("normalise() by nothing gives the features as they are", () => {
  const { matrix, state, warning, fits } = normalise(x, {
    how: "none",
    channels: 2,
    train,
    speakers,
  });
  assert.deepEqual([matrix, state, warning, fits], [x, undefined, undefined, []]);
});

Deno.test("normalise() by the training set knows nothing of other samples", () => {
  const { matrix, state, fits } = normalise(x, { how: "train", channels: 2, train, speakers });
  assert.deepEqual(Array.from(matrix.row(0)), [-1, 0]);
  assert.deepEqual(Array.from(matrix.row(9)), [201, 0]);
  assert.equal(state?.model, "standard-scaler");
  assert.deepEqual(fits.map(({ name, kind, fittedOn }) => [name, kind, fittedOn]), [
    ["voice scaler", "scaler", train],
  ]);
});

Deno.test("normalise() by the speaker takes away what speakers are like", () => {
  const { matrix, warning, fits } = normalise(x, { how: "own", channels: 2, train, speakers });
  assert.equal(warning, undefined);
  const [{ name, kind, fittedOn, usesLabels }] = fits;
  assert.deepEqual([name, kind, fittedOn.length, usesLabels], [
    "voice speaker statistics",
    "speaker-statistics",
    x.rows,
    false,
  ]);
  for (let row = 0; row < 8; row++) assert.deepEqual(matrix.row(row), matrix.row(row + 8));
  // Some rows alone, in another order, are still their speakers'.
  const some = Int32Array.of(9, 0, 12);
  const { table } = tableOf(x, { speakers });
  const options = { name: "voice", how: "own", channels: 2, train, fitters: FITTERS } as const;
  const made = normaliseTable(table, options).table.select(some);
  assert.deepEqual(made.publish(), matrix.selectRows(some));
});

Deno.test("normalise() says which speakers have too few samples, and takes the training set's", () => {
  const few = speakers.map((name, i) => i === 15 ? "eve" : name);
  const { matrix, warning } = normalise(x, { how: "own", channels: 2, train, speakers: few });
  assert.match(warning!, /eve/);
  assert.deepEqual(Array.from(matrix.row(15)), [201, 0]);
});

Deno.test("normalise() gives the same number of every frame the same statistics", () => {
  const frames = Matrix.fromRows([[0, 10, 2, 30], [4, 50, 6, 70]]);
  const { matrix } = normalise(frames, {
    how: "train",
    channels: 2,
    train: Int32Array.of(0, 1),
    speakers: ["ann", "bob"],
  });
  const deviation = Math.sqrt(5);
  const expected = [-3, -1, 1, 3].flatMap((value) => [value / deviation, value / deviation]);
  Array.from(matrix.data).forEach((value, i) => assert(Math.abs(value - expected[i]) < 1e-6));
});

Deno.test("normalise() by the corpus takes away what corpora are like, and keeps what speakers are", () => {
  const corpora = speakers.map((_, i) => i < 8 ? "acted" : "real");
  const { table, ledger } = tableOf(x, { speakers: speakers.map((_, i) => `${i}`), corpora });
  const made = normaliseTable(table, {
    name: "voice",
    how: "corpus",
    channels: 2,
    train,
    fitters: FITTERS,
  });
  const matrix = made.table.publish();
  for (let row = 0; row < 8; row++) {
    assert.deepEqual(Array.from(matrix.row(row)), [row % 2 === 0 ? -1 : 1, 0]);
    assert.deepEqual(matrix.row(row), matrix.row(row + 8));
  }
  const [{ name, kind, usesLabels }] = ledger.records;
  assert.deepEqual([name, kind, usesLabels], [
    "voice corpus statistics",
    "corpus-statistics",
    false,
  ]);
});
