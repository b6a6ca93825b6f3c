import assert from "node:assert/strict";
import type { ClipPart } from "../../src/corpus/clip.ts";
import { LeakError } from "../../src/split/leak_error.ts";
import type { ProtocolSample } from "../../src/split/protocol.ts";
import { speakerIndependent } from "../../src/split/protocols/speaker_independent.ts";
import { takeIndependent } from "../../src/split/protocols/take_independent.ts";
import { tutorial } from "../../src/split/protocols/tutorial.ts";

/** Two classes; speakers and sides as given, a take a sample. */
function samplesOf(speakers: string, parts: readonly (ClipPart | undefined)[]): ProtocolSample[] {
  return parts.map((part, k) => ({ label: k % 2, speaker: speakers[k], take: `take ${k}`, part }));
}

const PARTS = ["train", "dev", "train", "test", "test"] as const;
const OWN = { folds: "manifest", seed: 1 };

Deno.test("a list's own split learns from train and dev and tests test, once", () => {
  for (const protocol of [speakerIndependent, takeIndependent]) {
    assert.equal(protocol.refuses("manifest"), undefined);
    const splits = protocol.splits(samplesOf("aabcc", PARTS), OWN);
    assert.deepEqual(splits, [{
      name: "manifest",
      train: Int32Array.of(0, 1, 2),
      test: Int32Array.of(3, 4),
    }]);
  }
  assert.match(tutorial.refuses("manifest") ?? "", /has no folds/);
});

Deno.test("a list's split with a speaker on both sides serves takes, not speakers", () => {
  const samples = samplesOf("aabac", PARTS);
  assert.equal(takeIndependent.splits(samples, OWN).length, 1);
  assert.throws(() => speakerIndependent.splits(samples, OWN), (error) => {
    assert(error instanceof LeakError);
    assert.match(error.message, /speaker a is on both sides/);
    return true;
  });
});

Deno.test("a list without sides, with some missing or with one side alone is refused", () => {
  const cases: [(ClipPart | undefined)[], RegExp][] = [
    [PARTS.map(() => undefined), /no folds "manifest" of this corpus/],
    [[...PARTS.slice(0, 4), undefined], /does not say train, dev or test of take 4: every clip/],
    [PARTS.map(() => "dev"), /on one side, nothing is left to test/],
    [PARTS.map(() => "test"), /on one side, nothing is left to train on/],
  ];
  for (const [parts, says] of cases) {
    assert.throws(() => takeIndependent.splits(samplesOf("aabcc", parts), OWN), says);
  }
});
