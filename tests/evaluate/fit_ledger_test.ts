import assert from "node:assert/strict";
import fc from "fast-check";
import { findFitLeaks } from "../../src/evaluate/find_fit_leaks.ts";
import { findLeaks } from "../../src/evaluate/find_leaks.ts";
import { FitLedger, type FitRecord } from "../../src/evaluate/fit_ledger.ts";
import { LeakError } from "../../src/split/leak_error.ts";
import type { Split } from "../../src/split/protocol.ts";
import { findProtocol } from "../../src/split/protocols/registry.ts";
import { refuseLeaks } from "../../src/evaluate/refuse_leaks.ts";

/** Four speakers with three takes each, the last of each as two files: 16 samples. */
const SAMPLES = ["1", "2", "3", "4"].flatMap((speaker) =>
  ["a", "b", "c", "c"].map((take, k) => ({
    ...{ speaker, take: `${speaker}-${take}`, label: k % 2 ? "calm" : "angry" },
    silent: false,
  }))
);
const range = (from: number, to: number) =>
  Int32Array.from({ length: to - from }, (_, k) => from + k);
const ALL = range(0, 16);

/** Speakers 1 to 3 to train, speaker 4 to test. */
const BY_SPEAKER: Split[] = [{ name: "fold-1", train: range(0, 12), test: range(12, 16) }];

function record(fittedOn: Int32Array, rest: Partial<FitRecord> = {}): FitRecord {
  return { name: "scaler", fold: "fold-1", kind: "scaler", usesLabels: false, fittedOn, ...rest };
}

Deno.test("findFitLeaks() names the closest way in which a fitted thing saw test samples", () => {
  // Test: the first file of the twins and another take of speaker 4; training: the others.
  const split = { name: "fold-1", train: range(0, 12), test: Int32Array.of(13, 14) };
  const cases: [number[], "speaker" | "take", [string, number[]] | undefined][] = [
    [[0, 5, 11], "speaker", undefined],
    [[0, 13, 15], "speaker", ["sample", [13]]],
    [[0, 15], "speaker", ["take", [14]]],
    [[0, 15], "take", ["take", [14]]],
    [[0, 12], "speaker", ["speaker", [13, 14]]],
    [[0, 12], "take", undefined],
  ];
  for (const [fittedOn, by, expected] of cases) {
    const { leaks } = findFitLeaks([record(Int32Array.from(fittedOn))], [split], SAMPLES, by);
    const found = leaks[0] && [leaks[0].by, [...leaks[0].tested]];
    assert.deepEqual(found, expected, `${fittedOn} ${by}`);
    assert.equal(leaks[0]?.beyondTraining ?? true, true);
  }
});

Deno.test("findFitLeaks() compares each thing with the test set of its own fold", () => {
  const splits = [...BY_SPEAKER, { name: "fold-2", train: range(4, 16), test: range(0, 4) }];
  const { leaks } = findFitLeaks(
    [
      record(range(0, 12)),
      record(range(4, 16), { fold: "fold-2" }),
      record(range(0, 12), { fold: "fold-2", name: "late scaler" }),
    ],
    splits,
    SAMPLES,
    "speaker",
  );
  assert.deepEqual(leaks.map(({ name, fold, tested }) => [name, fold, [...tested]]), [
    ["late scaler", "fold-2", [0, 1, 2, 3]],
  ]);
});

Deno.test("findFitLeaks() finds no leak exactly where training samples alone were used", () => {
  fc.assert(
    fc.property(fc.subarray([...ALL], { minLength: 1 }), (fittedOn) => {
      const { leaks } = findFitLeaks(
        [record(Int32Array.from(fittedOn))],
        BY_SPEAKER,
        SAMPLES,
        "speaker",
      );
      assert.equal(leaks.length > 0, fittedOn.some((k) => k >= 12));
    }),
    { seed: 40, numRuns: 200 },
  );
});

Deno.test("findFitLeaks() takes unlabelled statistics of a test speaker for no leak, labelled ones for one", () => {
  const own = record(ALL, { name: "voice of each speaker", kind: "speaker-statistics" });
  const allowed = findFitLeaks([own], BY_SPEAKER, SAMPLES, "speaker");
  assert.deepEqual([allowed.leaks.length, allowed.transductive.length], [0, 1]);
  assert.deepEqual([...allowed.transductive[0].tested], [12, 13, 14, 15]);
  const labelled = findFitLeaks([{ ...own, usesLabels: true }], BY_SPEAKER, SAMPLES, "speaker");
  assert.deepEqual([labelled.leaks.length, labelled.transductive.length], [1, 0]);
});

Deno.test("findFitLeaks() refuses a record of no fold or of no sample", () => {
  assert.throws(
    () => findFitLeaks([record(ALL, { fold: "fold-9" })], BY_SPEAKER, SAMPLES, "speaker"),
    /scaler was fitted in "fold-9"/,
  );
  assert.throws(
    () => findFitLeaks([record(Int32Array.of(16))], BY_SPEAKER, SAMPLES, "speaker"),
    /scaler was fitted on sample 16 of 16/,
  );
});

Deno.test("FitLedger keeps what was entered, also after a post and a change", () => {
  const ledger = new FitLedger();
  const fittedOn = Int32Array.of(1, 2);
  ledger.add(record(fittedOn));
  fittedOn[0] = 15;
  ledger.add(record(range(0, 3), { kind: "grid-search", usesLabels: true }));
  const posted = new FitLedger(structuredClone(ledger.records));
  assert.deepEqual(posted.records, ledger.records);
  assert.deepEqual([...posted.records[0].fittedOn], [1, 2]);
});

const SPEAKERS = findProtocol("speaker-independent");

Deno.test("findLeaks() finds nothing to say of an honest run, and refuseLeaks() lets it pass", () => {
  const fits = [
    record(range(0, 12)),
    record(range(0, 8), { kind: "head", name: "face head", usesLabels: true }),
    record(range(0, 12), { kind: "feature-network", usesLabels: true }),
  ];
  const leaks = findLeaks(SPEAKERS, BY_SPEAKER, SAMPLES, "av", fits);
  assert.deepEqual(leaks, []);
  refuseLeaks(SPEAKERS, leaks);
});

Deno.test("findLeaks() names every kind of fit that saw test samples, and refuseLeaks() lists them all", () => {
  const fits = [
    record(ALL, { kind: "head", name: "face head", usesLabels: true }),
    record(range(0, 14), { kind: "feature-network", name: "cnn1d on audio", usesLabels: true }),
    record(range(0, 13), { name: "voice scaler" }),
    record(ALL, { kind: "speaker-statistics", name: "each speaker" }),
  ];
  const leaks = findLeaks(SPEAKERS, BY_SPEAKER, SAMPLES, "av", fits);
  assert.deepEqual(leaks.map(({ id, text }) => [id, text]), [
    ["face-head", "the face head learned from the frames of all 4 test samples"],
    ["feature-networks", "the networks whose features are fused learned from 2 of 4 test samples"],
    ["fits", "voice scaler of fold-1 was fitted on 1 of its test samples (12)"],
    [
      "transductive",
      "features normalised by speaker use the speaker's own samples, without labels, of all 4 test samples",
    ],
  ]);
  const rows = ["none", "own"].map((normalisation) => ({
    ...{ modality: "audio", fusion: "none", normalisation },
  }));
  const touched = rows.map((row) =>
    leaks.filter(({ affects }) => affects(row)).map(({ id }) => id)
  );
  assert.deepEqual(touched, [["fits"], ["fits", "transductive"]]);
  assert.throws(() => refuseLeaks(SPEAKERS, leaks), (error) => {
    assert(error instanceof LeakError);
    assert.equal(error.leaks.length, 3);
    assert.match(
      error.message,
      /^protocol speaker-independent leaks: the face head.*; voice scaler/,
    );
    return true;
  });
  refuseLeaks(findProtocol("tutorial"), leaks);
  refuseLeaks(SPEAKERS, leaks.filter(({ id }) => id === "transductive"));
});

Deno.test("findLeaks() lists under tutorial what the split leaks once, not for everything fitted on it", () => {
  // The twins 14 and 15 on two sides.
  const split = { name: "hold-out", train: range(0, 15), test: Int32Array.of(15) };
  const fits = [record(split.train, { fold: "hold-out", kind: "classifier", usesLabels: true })];
  const ids = findLeaks(findProtocol("tutorial"), [split], SAMPLES, "audio", fits).map(({ id }) =>
    id
  );
  assert.deepEqual(ids, ["twins", "speakers"]);
});

Deno.test("refuseLeaks() refuses known speakers only where the protocol promises unknown ones", () => {
  const split = { name: "fold-1", train: range(0, 14), test: range(14, 16) };
  const leaks = findLeaks(SPEAKERS, [split], SAMPLES, "av", []);
  assert.deepEqual(leaks.map(({ id }) => id), ["speakers"]);
  assert.throws(() => refuseLeaks(SPEAKERS, leaks), LeakError);
  refuseLeaks(findProtocol("performance-independent"), leaks);
});
