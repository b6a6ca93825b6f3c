import assert from "node:assert/strict";
import { LUNA_JIMENEZ } from "../../src/corpus/ravdess/luna_jimenez.ts";
import fc from "fast-check";
import { assertNoLeak } from "../../src/split/assert_no_leak.ts";
import { LeakError } from "../../src/split/leak_error.ts";
import type { ProtocolSample, Split } from "../../src/split/protocol.ts";
import type { FoldPlan } from "../../src/split/fold_plan.ts";
import { ProtocolError } from "../../src/split/protocol_error.ts";
import { takeIndependent } from "../../src/split/protocols/take_independent.ts";
import { findProtocol, PROTOCOLS } from "../../src/split/protocols/registry.ts";
import { speakerIndependent } from "../../src/split/protocols/speaker_independent.ts";
import { tutorial } from "../../src/split/protocols/tutorial.ts";
import { ravdessTest } from "../ravdess.ts";

/** Corpora of up to ten speakers with one to six takes each, some takes as two files. */
const corpora: fc.Arbitrary<ProtocolSample[]> = fc.array(
  fc.record({
    speaker: fc.integer({ min: 1, max: 10 }).map(String),
    label: fc.integer({ min: 0, max: 3 }),
    files: fc.integer({ min: 1, max: 2 }),
  }),
  { minLength: 2, maxLength: 60, size: "max" },
).map((takes) =>
  takes.flatMap(({ speaker, label, files }, k) =>
    Array.from({ length: files }, () => ({ speaker, label, take: `take ${k}` }))
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
function shared(split: Split, samples: ProtocolSample[], by: "speaker" | "take"): unknown[] {
  const side = (rows: Int32Array) => new Set(Array.from(rows, (k) => samples[k][by]));
  return [...side(split.train).intersection(side(split.test) as Set<string | number>)];
}

for (
  const [protocol, by] of [
    [takeIndependent, "take"],
    [speakerIndependent, "speaker"],
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
        speakerIndependent.splits(samples, {
          folds: "luna-jimenez",
          seed: 1,
          presets: [LUNA_JIMENEZ],
        })
      );
      for (const split of splits ?? []) assert.deepEqual(shared(split, samples, "speaker"), []);
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

/** `speakers` x `takes` samples whose classes alternate. */
function corpus(speakers: number, takes: number, classes = 2): ProtocolSample[] {
  return Array.from({ length: speakers * takes }, (_, k) => ({
    label: k % classes,
    speaker: `${1 + Math.floor(k / takes)}`,
    take: `take ${k}`,
  }));
}

Deno.test("protocols have five folds by default, and one a speaker where there are fewer", () => {
  assert.equal(takeIndependent.splits(corpus(1, 20), { seed: 1 }).length, 5);
  assert.equal(speakerIndependent.splits(corpus(2, 10), { seed: 1 }).length, 2);
  assert.equal(speakerIndependent.splits(corpus(18, 8), { seed: 1 }).length, 5);
  assert.equal(speakerIndependent.splits(corpus(18, 8), { folds: 6, seed: 1 }).length, 6);
});

Deno.test("performance-independent balances the classes of every fold", () => {
  const samples = corpus(1, 40, 4);
  for (const { test } of takeIndependent.splits(samples, { seed: 3 })) {
    const counts = [0, 1, 2, 3].map((c) => test.filter((k) => samples[k].label === c).length);
    assert.deepEqual(counts, [2, 2, 2, 2]);
  }
});

Deno.test("speaker-independent uses the published folds of the speakers at hand", () => {
  const samples = corpus(5, 4);
  const splits = speakerIndependent.splits(samples, {
    folds: "luna-jimenez",
    seed: 1,
    presets: [LUNA_JIMENEZ],
  });
  const tested = splits.map((
    { test },
  ) => [...new Set(Array.from(test, (k) => samples[k].speaker))]);
  assert.deepEqual(tested, [["2", "5"], ["3"], ["1", "4"]]);
});

Deno.test("take-independent is another name of performance-independent", () => {
  assert.equal(findProtocol("take-independent"), takeIndependent);
  assert.equal(takeIndependent.name, "performance-independent");
});

Deno.test("speaker-independent: every fold of one speaker has a name of its own that a file can have", () => {
  const speakers = ["a b", "a/b", "A_B", "c"];
  const samples = speakers.flatMap((speaker, s) =>
    [0, 1].map((label) => ({ label, speaker, take: `${s} ${label}` }))
  );
  const names = speakerIndependent.splits(samples, { folds: "loso", seed: 1 })
    .map(({ name }) => name);
  assert.deepEqual(names, ["speaker-1-A_B", "speaker-2-a_b", "speaker-3-a_b", "speaker-c"]);
});

Deno.test("protocols say in one line what does not fit", () => {
  const cases: [() => unknown, RegExp][] = [
    [
      () => speakerIndependent.splits(corpus(1, 8), { seed: 1 }),
      /at least two speakers, the corpus has only speaker 1: use performance-independent/,
    ],
    [() => speakerIndependent.splits([], { seed: 1 }), /has none/],
    [
      () => speakerIndependent.splits(corpus(3, 8), { folds: 4, seed: 1 }),
      /4 folds need at least 4 speakers, the corpus has 3: ask for 3 folds or fewer/,
    ],
    [
      () => takeIndependent.splits(corpus(1, 3), { seed: 1 }),
      /5 folds need at least 5 takes, the corpus has 3/,
    ],
    [
      () => takeIndependent.splits(corpus(1, 9), { folds: "luna-jimenez", seed: 1 }),
      /luna-jimenez folds divide speakers/,
    ],
    [
      () => speakerIndependent.splits(corpus(2, 9), { folds: "emobox", seed: 1 }),
      /there are no folds "emobox" of this corpus: it has loso, or give a number/,
    ],
    [() => takeIndependent.splits(corpus(1, 9), { folds: 1, seed: 1 }), /1 folds are not/],
    [() => speakerIndependent.splits(corpus(3, 9), { folds: 2.5, seed: 1 }), /2.5 folds are not/],
    [() => tutorial.splits(corpus(1, 9), { folds: 5, seed: 1 }), /has no folds/],
    [() => tutorial.splits(corpus(1, 9), { folds: "luna-jimenez", seed: 1 }), /has no folds/],
    [
      () =>
        takeIndependent.splits([...corpus(1, 20), {
          label: 7,
          speaker: "1",
          take: "rare",
        }], { seed: 1 }),
      /fold-\d would train without class 7.*\(take rare\)/,
    ],
    [
      () =>
        speakerIndependent.splits([...corpus(3, 6), {
          label: 2,
          speaker: "3",
          take: "rare",
        }], { seed: 1 }),
      /would train without class 2.*\(speaker 3\)/,
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

Deno.test("assertNoLeak() throws for a sample, a speaker or a take on both sides", () => {
  const samples = corpus(2, 2);
  const split = { name: "x", train: Int32Array.of(0, 1), test: Int32Array.of(2, 3) };
  assertNoLeak(split, samples, "speaker");
  assertNoLeak(
    { ...split, train: Int32Array.of(0, 1, 2), test: Int32Array.of(3) },
    samples,
    "take",
  );
  const both = { ...split, train: Int32Array.of(0, 1, 2), test: Int32Array.of(1, 3) };
  assert.throws(() => assertNoLeak(both, samples, "speaker"), (error) => {
    assert(error instanceof LeakError);
    assert.deepEqual(error.leaks, ["sample 1 is on both sides", "speaker 2 is on both sides"]);
    return true;
  });
  const crossed = { ...split, train: Int32Array.of(0, 2), test: Int32Array.of(1, 3) };
  assert.throws(() => assertNoLeak(crossed, samples, "speaker"), /x: speaker 1 is on both sides/);
  const doubled = { ...split, test: Int32Array.of(1, 3) };
  assert.throws(() => assertNoLeak(doubled, samples, "take"), /sample 1 is on both sides/);
  const twins = samples.map((sample) => ({ ...sample, take: "one" }));
  assert.throws(() => assertNoLeak(split, twins, "take"), /take one is on both/);
});

ravdessTest(
  "speaker-independent separates the 18 speakers of real RAVDESS speech in six folds",
  (dir) => {
    const samples: ProtocolSample[] = [];
    for (const folder of Deno.readDirSync(`${dir}/speech`)) {
      for (const { name } of Deno.readDirSync(`${dir}/speech/${folder.name}`)) {
        const fields = name.replace(".flac", "").split("-");
        samples.push({
          label: Number(fields[2]) - 1,
          speaker: String(Number(fields[6])),
          take: fields.slice(1).join("-"),
        });
      }
    }
    assert.equal(samples.length, 1080);
    const splits = speakerIndependent.splits(samples, { folds: 6, seed: 1 });
    assert.equal(splits.length, 6);
    for (const split of splits) {
      assert.equal(split.test.length, 180);
      assert.deepEqual(shared(split, samples, "speaker"), []);
      assert.equal(new Set(Array.from(split.test, (k) => samples[k].speaker)).size, 3);
    }
  },
);

Deno.test("protocols refuse a plan exactly where splits() cannot follow it", () => {
  const plans: FoldPlan[] = [2, "loso", { folds: 2, repeats: 2 }, { holdOut: 0.4 }];
  for (const protocol of PROTOCOLS) {
    for (const folds of plans) {
      const why = protocol.refuses(folds);
      const names = protocol.acrossCorpora ? ["a", "b"] : [""];
      const samples = names.flatMap((name) =>
        corpus(3, 8).map((sample) => ({
          ...sample,
          corpus: name,
          speaker: `${name}${sample.speaker}`,
          take: `${name}${sample.take}`,
        }))
      );
      const split = () => protocol.splits(samples, { folds, seed: 1 });
      if (why === undefined) assert(split().length > 0);
      else {assert.throws(split, (error) =>
          error instanceof ProtocolError && error.message.startsWith(why));}
    }
  }
});

Deno.test("a protocol discloses known speakers exactly where its test samples need not be of new ones", () => {
  for (const { innerGroup, listsLeaks, discloses, limits } of PROTOCOLS) {
    const isOfNew = innerGroup === "speaker";
    assert.equal(limits.length > 0, !isOfNew);
    if (!listsLeaks) assert.equal(discloses.includes("speakers"), !isOfNew);
  }
});
