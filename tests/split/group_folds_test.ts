import assert from "node:assert/strict";
import { LeakError } from "../../src/split/leak_error.ts";
import type { ProtocolSample } from "../../src/split/protocol.ts";
import { ProtocolError } from "../../src/split/protocol_error.ts";
import { speakerIndependent } from "../../src/split/protocols/speaker_independent.ts";
import { takeIndependent } from "../../src/split/protocols/take_independent.ts";

/** Six speakers of three ages, each of whom speaks two classes, quietly and loudly. */
const SAMPLES: readonly ProtocolSample[] = Array.from({ length: 24 }, (_, k) => {
  const speaker = k % 6;
  return {
    label: Math.floor(k / 6) % 2,
    speaker: `${speaker}`,
    take: `${k}`,
    attributes: { age: `${25 + 20 * (speaker % 3)}`, level: k < 12 ? "quiet" : "loud" },
  };
});

Deno.test("folds by a column test one group after the other, numbers by their cuts", () => {
  const folds = { leaveOut: { attribute: "age", cuts: [40, 60] } };
  const splits = speakerIndependent.splits(SAMPLES, { folds, seed: 1 });
  assert.deepEqual(splits.map(({ name }) => name), [
    "age-under_40",
    "age-40_to_59",
    "age-60_and_over",
  ]);
  for (const [g, { train, test }] of splits.entries()) {
    assert.deepEqual([...test], [...SAMPLES.keys()].filter((k) => k % 3 === g));
    assert.equal(train.length, 16);
  }
});

Deno.test("folds by a column that speakers share leak under speaker-independent, and not by takes", () => {
  const folds = { leaveOut: { attribute: "level" } };
  assert.throws(
    () => speakerIndependent.splits(SAMPLES, { folds, seed: 1 }),
    (error) => error instanceof LeakError && /speaker 0 is on both sides/.test(error.message),
  );
  const splits = takeIndependent.splits(SAMPLES, { folds, seed: 1 });
  assert.deepEqual(splits.map(({ name }) => name), ["level-loud", "level-quiet"]);
});

Deno.test("folds by a column say what it lacks", () => {
  const refused = (attribute: string, samples: readonly ProtocolSample[], says: RegExp) =>
    assert.throws(
      () => speakerIndependent.splits(samples, { folds: { leaveOut: { attribute } }, seed: 1 }),
      (error) =>
        error instanceof ProtocolError && error.option === "folds" && says.test(error.message),
    );
  refused("height", SAMPLES, /no clip has the attribute "height"; there are: age, corpus, level/);
  const [first, ...others] = SAMPLES;
  refused("age", [{ ...first, attributes: {} }, ...others], /not known of 1 samples, such as 0/);
  const same = SAMPLES.map((sample) => ({ ...sample, attributes: { language: "en" } }));
  refused("language", same, /all samples have the language en/);
});

Deno.test("published folds keep their numbers where some of them have no speaker", () => {
  const presets = [{
    name: "paper",
    speakers: [["0", "1"], ["8"], ["2", "3"], ["4", "5"]],
    source: "x",
  }];
  const splits = speakerIndependent.splits(SAMPLES, { folds: "paper", seed: 1, presets });
  assert.deepEqual(splits.map(({ name }) => name), ["fold-1", "fold-3", "fold-4"]);
});
