import assert from "node:assert/strict";
import fc from "fast-check";
import { assertNoLeak } from "../../src/evaluate/assert_no_leak.ts";
import { LeakError } from "../../src/evaluate/leak_error.ts";
import type { ProtocolSample, Split } from "../../src/evaluate/protocol.ts";
import type { FoldPlan } from "../../src/evaluate/fold_plan.ts";
import { ProtocolError } from "../../src/evaluate/protocol_error.ts";
import { performanceIndependent } from "../../src/evaluate/protocols/performance_independent.ts";
import { findProtocol, PROTOCOLS } from "../../src/evaluate/protocols/registry.ts";
import { speakerIndependent } from "../../src/evaluate/protocols/speaker_independent.ts";
import { tutorial } from "../../src/evaluate/protocols/tutorial.ts";
import { ravdessTest } from "../ravdess.ts";

/** Corpora of up to ten actors with one to six takes each, some takes as two files. */
const corpora: fc.Arbitrary<ProtocolSample[]> = fc.array(
  fc.record({
    actor: fc.integer({ min: 1, max: 10 }),
    label: fc.integer({ min: 0, max: 3 }),
    files: fc.integer({ min: 1, max: 2 }),
  }),
  { minLength: 2, maxLength: 60, size: "max" },
).map((takes) =>
  takes.flatMap(({ actor, label, files }, k) =>
    Array.from({ length: files }, () => ({ actor, label, performance: `take ${k}` }))
  )
);

const folds = fc.option(fc.integer({ min: 2, max: 8 }), { nil: undefined });
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

/** The splits, or undefined where the protocol says in one line that the corpus does not allow any. */
function attempt(run: () => Split[]): Split[] | undefined {
  try {
    return run();
  } catch (error) {
    assert(error instanceof ProtocolError, String(error));
    assert(error.message.length > 20 && !error.message.includes("\n"));
    return undefined;
  }
}

/** Independent of `assertNoLeak`: by sets of names on either side. */
function shared(split: Split, samples: ProtocolSample[], by: "actor" | "performance"): unknown[] {
  const side = (rows: Int32Array) => new Set(Array.from(rows, (k) => samples[k][by]));
  return [...side(split.train).intersection(side(split.test) as Set<string | number>)];
}

for (
  const [protocol, by] of [
    [performanceIndependent, "performance"],
    [speakerIndependent, "actor"],
  ] as const
) {
  Deno.test(`${protocol.name} puts no ${by} on both sides and tests every sample once`, () => {
    let split = 0;
    fc.assert(
      fc.property(corpora, folds, seeds, (samples, folds, seed) => {
        const splits = attempt(() => protocol.splits(samples, { folds, seed }));
        if (splits === undefined) return;
        split++;
        assert(folds === undefined || splits.length === folds);
        assert.equal(new Set(splits.map(({ name }) => name)).size, splits.length);
        for (const each of splits) {
          assert.deepEqual(shared(each, samples, by), []);
          assert(each.test.length > 0);
          assert.deepEqual(
            [...each.train, ...each.test].sort((a, b) => a - b),
            [...samples.keys()],
          );
          const labels = (rows: Iterable<number>) =>
            new Set(Array.from(rows, (k) => samples[k].label));
          assert.deepEqual([...labels(samples.keys())].sort(), [...labels(each.train)].sort());
        }
        const tested = splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b);
        assert.deepEqual(tested, [...samples.keys()]);
        assert.deepEqual(protocol.splits(samples, { folds, seed }), splits);
      }),
      { seed: 20, numRuns: 300 },
    );
    assert(split > 60, `only ${split} corpora could be divided: the property was hardly tried`);
  });
}

Deno.test("speaker-independent keeps the published folds apart too", () => {
  fc.assert(
    fc.property(corpora, (samples) => {
      const splits = attempt(() =>
        speakerIndependent.splits(samples, { folds: "luna-jimenez", seed: 1 })
      );
      for (const split of splits ?? []) assert.deepEqual(shared(split, samples, "actor"), []);
    }),
    { seed: 21, numRuns: 100 },
  );
});

Deno.test("tutorial holds out a fifth once, with every class in training", () => {
  fc.assert(
    fc.property(corpora, seeds, (samples, seed) => {
      const splits = attempt(() => tutorial.splits(samples, { seed }));
      if (splits === undefined) return;
      assert.equal(splits.length, 1);
      const [{ name, train, test }] = splits;
      assert.equal(name, "hold-out");
      assert.equal(test.length, Math.ceil(0.2 * samples.length));
      assert.deepEqual([...train, ...test].sort((a, b) => a - b), [...samples.keys()]);
      const trained = new Set(Array.from(train, (k) => samples[k].label));
      assert(samples.every(({ label }) => trained.has(label)));
    }),
    { seed: 22, numRuns: 100 },
  );
});

/** `actors` x `takes` samples whose classes alternate. */
function corpus(actors: number, takes: number, classes = 2): ProtocolSample[] {
  return Array.from({ length: actors * takes }, (_, k) => ({
    label: k % classes,
    actor: 1 + Math.floor(k / takes),
    performance: `take ${k}`,
  }));
}

Deno.test("protocols have five folds by default, and one an actor where there are fewer", () => {
  assert.equal(performanceIndependent.splits(corpus(1, 20), { seed: 1 }).length, 5);
  assert.equal(speakerIndependent.splits(corpus(2, 10), { seed: 1 }).length, 2);
  assert.equal(speakerIndependent.splits(corpus(18, 8), { seed: 1 }).length, 5);
  assert.equal(speakerIndependent.splits(corpus(18, 8), { folds: 6, seed: 1 }).length, 6);
});

Deno.test("performance-independent balances the classes of every fold", () => {
  const samples = corpus(1, 40, 4);
  for (const { test } of performanceIndependent.splits(samples, { seed: 3 })) {
    const counts = [0, 1, 2, 3].map((c) => test.filter((k) => samples[k].label === c).length);
    assert.deepEqual(counts, [2, 2, 2, 2]);
  }
});

Deno.test("speaker-independent uses the published folds of the actors at hand", () => {
  const samples = corpus(5, 4);
  const splits = speakerIndependent.splits(samples, { folds: "luna-jimenez", seed: 1 });
  const tested = splits.map(({ test }) => [...new Set(Array.from(test, (k) => samples[k].actor))]);
  assert.deepEqual(tested, [[2, 5], [3], [1, 4]]);
});

Deno.test("protocols say in one line what does not fit", () => {
  const cases: [() => unknown, RegExp][] = [
    [
      () => speakerIndependent.splits(corpus(1, 8), { seed: 1 }),
      /at least two actors, the corpus has only actor 1: use performance-independent/,
    ],
    [() => speakerIndependent.splits([], { seed: 1 }), /has none/],
    [
      () => speakerIndependent.splits(corpus(3, 8), { folds: 4, seed: 1 }),
      /4 folds need at least 4 actors, the corpus has 3: ask for 3 folds or fewer/,
    ],
    [
      () => performanceIndependent.splits(corpus(1, 3), { seed: 1 }),
      /5 folds need at least 5 performances, the corpus has 3/,
    ],
    [
      () => performanceIndependent.splits(corpus(1, 9), { folds: "luna-jimenez", seed: 1 }),
      /luna-jimenez folds divide actors/,
    ],
    [() => performanceIndependent.splits(corpus(1, 9), { folds: 1, seed: 1 }), /1 folds are not/],
    [() => speakerIndependent.splits(corpus(3, 9), { folds: 2.5, seed: 1 }), /2.5 folds are not/],
    [() => tutorial.splits(corpus(1, 9), { folds: 5, seed: 1 }), /has no folds/],
    [() => tutorial.splits(corpus(1, 9), { folds: "luna-jimenez", seed: 1 }), /has no folds/],
    [
      () =>
        performanceIndependent.splits([...corpus(1, 20), {
          label: 7,
          actor: 1,
          performance: "rare",
        }], { seed: 1 }),
      /fold-\d would train without class 7.*\(performance rare\)/,
    ],
    [
      () =>
        speakerIndependent.splits([...corpus(3, 6), {
          label: 2,
          actor: 3,
          performance: "rare",
        }], { seed: 1 }),
      /would train without class 2.*\(actor 3\)/,
    ],
    [() => findProtocol("random"), /"random".*tutorial, performance-independent, speaker/],
  ];
  for (const [run, message] of cases) {
    assert.throws(run, (error) => {
      assert(error instanceof ProtocolError, String(error));
      assert.match(error.message, message);
      return true;
    });
  }
});

Deno.test("assertNoLeak() throws for a sample, an actor or a performance on both sides", () => {
  const samples = corpus(2, 2);
  const split = { name: "x", train: Int32Array.of(0, 1), test: Int32Array.of(2, 3) };
  assertNoLeak(split, samples, "actor");
  assertNoLeak(
    { ...split, train: Int32Array.of(0, 1, 2), test: Int32Array.of(3) },
    samples,
    "performance",
  );
  const both = { ...split, train: Int32Array.of(0, 1, 2), test: Int32Array.of(1, 3) };
  assert.throws(() => assertNoLeak(both, samples, "actor"), (error) => {
    assert(error instanceof LeakError);
    assert.deepEqual(error.leaks, ["sample 1 is on both sides", "actor 2 is on both sides"]);
    return true;
  });
  const crossed = { ...split, train: Int32Array.of(0, 2), test: Int32Array.of(1, 3) };
  assert.throws(() => assertNoLeak(crossed, samples, "actor"), /x: actor 1 is on both sides/);
  const doubled = { ...split, test: Int32Array.of(1, 3) };
  assert.throws(() => assertNoLeak(doubled, samples, "performance"), /sample 1 is on both sides/);
  const twins = samples.map((sample) => ({ ...sample, performance: "one" }));
  assert.throws(() => assertNoLeak(split, twins, "performance"), /performance one is on both/);
});

ravdessTest(
  "speaker-independent separates the 18 actors of real RAVDESS speech in six folds",
  (dir) => {
    const samples: ProtocolSample[] = [];
    for (const folder of Deno.readDirSync(`${dir}/speech`)) {
      for (const { name } of Deno.readDirSync(`${dir}/speech/${folder.name}`)) {
        const fields = name.replace(".flac", "").split("-");
        samples.push({
          label: Number(fields[2]) - 1,
          actor: Number(fields[6]),
          performance: fields.slice(1).join("-"),
        });
      }
    }
    assert.equal(samples.length, 1080);
    const splits = speakerIndependent.splits(samples, { folds: 6, seed: 1 });
    assert.equal(splits.length, 6);
    for (const split of splits) {
      assert.equal(split.test.length, 180);
      assert.deepEqual(shared(split, samples, "actor"), []);
      assert.equal(new Set(Array.from(split.test, (k) => samples[k].actor)).size, 3);
    }
  },
);

Deno.test("protocols refuse a plan exactly where splits() cannot follow it", () => {
  const plans: FoldPlan[] = [2, "loso", { folds: 2, repeats: 2 }, { holdOut: 0.4 }];
  for (const protocol of PROTOCOLS) {
    for (const folds of plans) {
      const why = protocol.refuses(folds);
      const split = () => protocol.splits(corpus(3, 8), { folds, seed: 1 });
      if (why === undefined) assert(split().length > 0);
      else {assert.throws(split, (error) =>
          error instanceof ProtocolError && error.message.startsWith(why));}
    }
  }
});

Deno.test("a protocol discloses known speakers exactly where its test samples need not be of new ones", () => {
  for (const { innerGroup, listsLeaks, discloses, limits } of PROTOCOLS) {
    const isOfNew = innerGroup === "actor";
    assert.equal(limits.length > 0, !isOfNew);
    if (!listsLeaks) assert.equal(discloses.includes("speakers"), !isOfNew);
  }
});
