import assert from "node:assert/strict";
import fc from "fast-check";
import { OTHERS, type ProtocolSample, type Split } from "../../src/split/protocol.ts";
import { ProtocolError } from "../../src/split/protocol_error.ts";
import { crossCorpus } from "../../src/split/protocols/cross_corpus.ts";

/** `speakers` people in each corpus, each of whom speaks every class twice. */
function corpora(sizes: Readonly<Record<string, number>>, classes = 3): ProtocolSample[] {
  return Object.entries(sizes).flatMap(([corpus, speakers]) =>
    Array.from({ length: speakers * classes * 2 }, (_, k) => {
      const speaker = `${corpus}/${k % speakers}`;
      return { corpus, speaker, take: `${corpus} ${k}`, label: Math.floor(k / speakers) % classes };
    })
  );
}

const corpusOf = (
  samples: readonly ProtocolSample[],
  numbers: Int32Array,
) => [...new Set(Array.from(numbers, (k) => samples[k].corpus))];

Deno.test("cross-corpus tests each corpus by the others, by each other one and by itself", () => {
  const samples = corpora({ a: 4, b: 5, c: 3 });
  const splits = crossCorpus.splits(samples, { folds: 3, seed: 1 });
  assert.deepEqual(splits.map(({ name }) => name), [
    ...["others-on-a", "others-on-b", "others-on-c"],
    ...["b-on-a", "c-on-a", "a-on-b", "c-on-b", "a-on-c", "b-on-c"],
    ...["a", "b", "c"].flatMap((corpus) => [1, 2, 3].map((fold) => `${corpus}-fold-${fold}`)),
  ]);
  for (const { cell, train, test } of splits) {
    assert.ok(cell);
    const wanted = cell.train === OTHERS
      ? ["a", "b", "c"].filter((corpus) => corpus !== cell.test)
      : [cell.train];
    assert.deepEqual([corpusOf(samples, train), corpusOf(samples, test)], [wanted, [cell.test]]);
  }
  // What the table pools is every sample once, by models that never met its corpus.
  const table = splits.filter(({ aside }) => !aside);
  assert.deepEqual(
    table.flatMap(({ test }) => [...test]).sort((a, b) => a - b),
    [...samples.keys()],
  );
  assert.ok(table.every(({ cell }) => cell?.train === OTHERS));
});

Deno.test("cross-corpus of two corpora calls the others by their name", () => {
  const splits = crossCorpus.splits(corpora({ a: 2, b: 2 }), { seed: 1 });
  assert.deepEqual(splits.filter(({ aside }) => !aside).map(({ name }) => name), [
    "b-on-a",
    "a-on-b",
  ]);
});

Deno.test("cross-corpus never has a speaker on both sides", () => {
  const sizes = fc.record({
    a: fc.integer({ min: 2, max: 6 }),
    b: fc.integer({ min: 2, max: 6 }),
    c: fc.integer({ min: 2, max: 6 }),
  });
  fc.assert(fc.property(sizes, fc.integer({ min: 0, max: 99 }), (sizes, seed) => {
    const samples = corpora(sizes);
    const speakers = ({ train, test }: Split) =>
      [train, test].map((side) => new Set(Array.from(side, (k) => samples[k].speaker)));
    for (const split of crossCorpus.splits(samples, { seed })) {
      const [learned, tested] = speakers(split);
      assert.equal(learned.intersection(tested).size, 0, split.name);
    }
  }));
});

Deno.test("cross-corpus refuses one corpus, and a class that a corpus lacks", () => {
  const refused = (samples: readonly ProtocolSample[], says: RegExp) =>
    assert.throws(
      () => crossCorpus.splits(samples, { seed: 1 }),
      (error) => error instanceof ProtocolError && says.test(error.message),
    );
  refused(corpora({ a: 4 }), /needs at least two corpora, there is only a/);
  const lacking = corpora({ a: 3, b: 3 }).filter(({ corpus, label }) =>
    corpus === "a" || label > 0
  );
  refused(lacking, /b has no sample of class 0/);
  assert.match(crossCorpus.refuses({ holdOut: 0.2 })!, /divides by corpora/);
});
