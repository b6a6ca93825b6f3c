import assert from "node:assert/strict";
import fc from "fast-check";
import { describeFoldPlan, type FoldPlan, type GivenFolds } from "../../src/split/fold_plan.ts";
import { givenFolds, parseGivenFolds } from "../../src/split/given_folds.ts";
import { groupKFold } from "../../src/split/group_k_fold.ts";
import { LeakError } from "../../src/split/leak_error.ts";
import type { Protocol, ProtocolSample, Split } from "../../src/split/protocol.ts";
import { ProtocolError } from "../../src/split/protocol_error.ts";
import { takeIndependent } from "../../src/split/protocols/take_independent.ts";
import { speakerIndependent } from "../../src/split/protocols/speaker_independent.ts";
import { tutorial } from "../../src/split/protocols/tutorial.ts";
import { RAVDESS_WORDS } from "../../src/corpus/ravdess/words.ts";
import { distinctSpeakers } from "../../src/corpus/speakers.ts";
import { Random } from "../../src/numeric/random.ts";

/** `speakers` x `takes` samples whose classes alternate. */
function corpus(speakers: number, takes: number, classes = 2): ProtocolSample[] {
  return Array.from({ length: speakers * takes }, (_, k) => ({
    label: k % classes,
    speaker: `${1 + Math.floor(k / takes)}`,
    take: `take ${k}`,
  }));
}

function speakersOf(rows: Int32Array, samples: readonly ProtocolSample[]): number[] {
  return distinctSpeakers(Array.from(rows, (k) => samples[k].speaker)).map(Number);
}

function assertApart(
  splits: readonly Split[],
  samples: readonly ProtocolSample[],
  by: "speaker" | "take",
) {
  for (const { train, test, name } of splits) {
    const trained = new Set<unknown>(Array.from(train, (k) => samples[k][by]));
    assert(Array.from(test).every((k) => !trained.has(samples[k][by])), name);
    assert.deepEqual([...train, ...test].sort((a, b) => a - b), [...samples.keys()]);
    assert(test.length > 0);
  }
}

const HONEST: [Protocol, "speaker" | "take"][] = [
  [speakerIndependent, "speaker"],
  [takeIndependent, "take"],
];

for (const [protocol, by] of HONEST) {
  Deno.test(`${protocol.name}: repeated folds test each sample once a repeat, in other folds each time`, () => {
    // Speakers of different sizes, some takes as two files.
    const samples = Array.from(
      { length: 12 },
      (_, a) =>
        Array.from({ length: 8 + 2 * a }, (_, k) => (
          { label: (k >> 1) % 2, speaker: `${a + 1}`, take: `take ${a}-${k >> (a % 2)}` }
        )),
    ).flat();
    const plan = { folds: 4, repeats: 5 };
    const splits = protocol.splits(samples, { folds: plan, seed: 3 });
    assert.equal(splits.length, 20);
    assert.equal(splits[6].name, "repeat-2-fold-3");
    assert.equal(new Set(splits.map(({ name }) => name)).size, 20);
    assertApart(splits, samples, by);
    const repeats = Array.from({ length: 5 }, (_, r) => splits.slice(4 * r, 4 * r + 4));
    for (const repeat of repeats) {
      const tested = repeat.flatMap(({ test }) => [...test]).sort((a, b) => a - b);
      assert.deepEqual(tested, [...samples.keys()]);
    }
    const divisions = repeats.map((r) => r.map(({ test }) => test.join()).sort().join("|"));
    assert.equal(new Set(divisions).size, 5);
    assert.deepEqual(protocol.splits(samples, { folds: plan, seed: 3 }), splits);
    assert.notDeepEqual(protocol.splits(samples, { folds: plan, seed: 4 }), splits);
  });

  Deno.test(`${protocol.name}: a hold-out keeps every ${by} on one side and the classes' shares`, () => {
    const samples = corpus(10, 16, 4);
    const splits = protocol.splits(samples, { folds: { holdOut: 0.2 }, seed: 1 });
    assert.deepEqual(splits.map(({ name }) => name), ["hold-out"]);
    assertApart(splits, samples, by);
    const counts = [0, 1, 2, 3].map((c) =>
      splits[0].test.filter((k) => samples[k].label === c).length
    );
    assert.deepEqual(counts, [8, 8, 8, 8]);
    assert.notDeepEqual(protocol.splits(samples, { folds: { holdOut: 0.2 }, seed: 2 }), splits);
  });

  Deno.test(`${protocol.name}: a user's own folds are kept as they are`, () => {
    const samples = corpus(6, 4);
    const given: GivenFolds = {
      ...{ file: "mine.json", sha256: "00" },
      folds: [
        { name: "women", speakers: [2, 4, 6] },
        { name: "absent", speakers: [24] },
        { name: "first", speakers: [1] },
        { name: "rest", takes: [8, 9, 10, 11, 16, 17, 18, 19].map((k) => `take ${k}`) },
      ],
    };
    const splits = protocol.splits(samples, { folds: given, seed: 1 });
    assert.deepEqual(splits.map(({ name }) => name), ["women", "first", "rest"]);
    assert.deepEqual(splits.map(({ test }) => speakersOf(test, samples)), [[2, 4, 6], [1], [3, 5]]);
    assertApart(splits, samples, by);
  });

  Deno.test(`${protocol.name}: a user's only fold is the test set, all other samples train`, () => {
    const samples = corpus(6, 4);
    const test = (fold: GivenFolds["folds"][number]): GivenFolds => (
      { file: "mine.json", sha256: "00", folds: [fold] }
    );
    const cases: [GivenFolds, number[]][] = [
      [test({ name: "official", speakers: [2, 5, 24] }), [2, 5]],
      [
        test({ name: "official", takes: [16, 17, 18, 19, 99].map((k) => `take ${k}`) }),
        [5],
      ],
    ];
    for (const [given, speakers] of cases) {
      const splits = protocol.splits(samples, { folds: given, seed: 1 });
      assert.deepEqual(splits.map(({ name }) => name), ["official"]);
      assert.deepEqual(speakersOf(splits[0].test, samples), speakers);
      assertApart(splits, samples, by);
    }
    const lost = test({
      name: "official",
      takes: samples.flatMap(({ take, label }) => label === 1 ? [take] : []),
    });
    assert.throws(() => protocol.splits(samples, { folds: lost, seed: 1 }), ProtocolError);
  });
}

Deno.test("a user's only fold that divides a speaker is refused by speaker-independent", () => {
  const samples = corpus(4, 4);
  const takes = samples.slice(0, 6).map(({ take }) => take);
  const folds = { file: "mine.json", sha256: "", folds: [{ name: "test", takes }] };
  const [{ test }] = takeIndependent.splits(samples, { folds, seed: 1 });
  assert.equal(test.length, 6);
  assert.throws(() => speakerIndependent.splits(samples, { folds, seed: 1 }), (error) => {
    assert(error instanceof LeakError);
    assert.equal(error.message, "test: speaker 2 is on both sides");
    return true;
  });
});

Deno.test("speaker-independent: loso leaves out each speaker once", () => {
  const samples = corpus(5, 4).map((sample) => ({
    ...sample,
    speaker: `${3 * Number(sample.speaker)}`,
  }));
  const splits = speakerIndependent.splits(samples, { folds: "loso", seed: 1 });
  assert.deepEqual(splits.map(({ name }) => name), [
    ...["speaker-03", "speaker-06", "speaker-09", "speaker-12", "speaker-15"],
  ]);
  assert.deepEqual(splits.map(({ test }) => speakersOf(test, samples)), [[3], [6], [9], [12], [
    15,
  ]]);
  assertApart(splits, samples, "speaker");
});

Deno.test("tutorial: the share of the hold-out can be given", () => {
  const [{ test }] = tutorial.splits(corpus(1, 40), { folds: { holdOut: 0.25 }, seed: 1 });
  assert.equal(test.length, 10);
});

Deno.test("a user's folds that divide a speaker are refused by speaker-independent, each leak listed", () => {
  const samples = corpus(4, 4);
  const takes = (keep: (k: number) => boolean) =>
    samples.filter((_, k) => keep(k)).map(({ take }) => take);
  const folds = {
    ...{ file: "mine.json", sha256: "" },
    folds: [
      { name: "a", takes: takes((k) => k < 6) },
      { name: "b", takes: takes((k) => k >= 6) },
    ],
  };
  assert.equal(takeIndependent.splits(samples, { folds, seed: 1 }).length, 2);
  assert.throws(() => speakerIndependent.splits(samples, { folds, seed: 1 }), (error) => {
    assert(error instanceof LeakError);
    assert.equal(error.message, "a: speaker 2 is on both sides");
    return true;
  });
});

Deno.test("a user's folds that do not cover the samples once say which they miss or repeat", () => {
  const samples = corpus(12, 2);
  const folds = (...folds: GivenFolds["folds"]) => ({ file: "mine.json", sha256: "", folds });
  const cases: [GivenFolds, RegExp][] = [
    [
      folds({ name: "a", speakers: [1, 2, 3, 4] }, { name: "b", speakers: [5] }),
      /^mine\.json: speakers 6, 7, 8, 9, 10 and 2 more are in no fold; .*\(a file with one fold tests/,
    ],
    [
      folds({ name: "a", speakers: [1, 2, 3, 4, 5, 6] }, { name: "b", takes: ["take 12"] }),
      /^mine\.json: takes take 13, .* and 6 more are in no fold/,
    ],
    [
      folds(
        { name: "a", speakers: [1, 2, 3, 4, 5, 6, 7] },
        { name: "b", speakers: [8, 9, 10, 11, 12] },
        {
          name: "c",
          takes: ["take 3"],
        },
      ),
      /^mine\.json: take take 3 is in two folds \(a and c\)/,
    ],
    [
      folds({ name: "a", speakers: [...Array(12).keys()].map((k) => k + 1) }, {
        name: "b",
        speakers: [24],
      }),
      /^mine\.json: all samples are in fold a, nothing is left to train on/,
    ],
    [
      folds({ name: "a", speakers: [...Array(12).keys()].map((k) => k + 1) }),
      /^mine\.json: all samples are in fold a, nothing is left to train on/,
    ],
    [
      folds({ name: "a", takes: ["01-take 3.mp4"] }),
      /^mine\.json: no fold has a sample of this corpus, nothing is left to test/,
    ],
  ];
  for (const [plan, message] of cases) {
    assert.throws(() => givenFolds(plan, samples), (error) => {
      assert(error instanceof ProtocolError);
      assert.match(error.message, message);
      return true;
    });
  }
  assert.throws(() => givenFolds(cases[0][0], []), /no fold has a sample/);
});

Deno.test("a file of folds is refused with the reason", () => {
  const a = { name: "a", speakers: [1] };
  const cases: [unknown, RegExp][] = [
    ["no json", /mine\.json: is not JSON/],
    [[], /at least one fold/],
    [null, /at least one fold/],
    [{ folds: [] }, /at least one fold/],
    [{ folds: [a, null] }, /fold 2 needs a "name"/],
    [{ folds: [a, { name: "../b", speakers: [2] }] }, /fold 2 needs a "name"/],
    [{ folds: [a, { name: "..", speakers: [2] }] }, /fold 2 needs a "name"/],
    [{ folds: [a, { name: "A", speakers: [2] }] }, /same name/],
    [{ folds: [a, { name: "b" }] }, /fold b needs either "speakers" or "takes"/],
    [{ folds: [a, { name: "b", speakers: [2], takes: ["x"] }] }, /fold b needs either/],
    [{ folds: [a, { name: "b", speaker: [2] }] }, /fold b has "speaker"; allowed: name, speakers/],
    [{ folds: [a, { name: "b", speakers: [] }] }, /"speakers" of fold b must list numbers/],
    [{ folds: [a, { name: "b", speakers: [1.5] }] }, /"speakers" of fold b must list numbers/],
    [{ folds: [a, { name: "b", speakers: ["01"] }] }, /speaker 1 is in a and b/],
    [{ folds: [a, { name: "b", takes: [2] }] }, /"takes" of fold b must list names/],
    [{ folds: [a, { name: "b", speakers: [1] }] }, /speaker 1 is in a and b/],
    [{ folds: [a, { name: "b", speakers: [2, 2] }] }, /speaker 2 is twice in b/],
  ];
  for (const [content, message] of cases) {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    assert.throws(() => parseGivenFolds(text, "mine.json", ""), (error) => {
      assert(error instanceof ProtocolError, String(error));
      assert.match(error.message, message);
      return true;
    });
  }
  for (const folds of [[a], [a, { name: "b", takes: ["01-05-02-01-02-12"] }]]) {
    assert.deepEqual(parseGivenFolds(JSON.stringify({ folds }), "mine.json", "ab"), {
      ...{ file: "mine.json", sha256: "ab", folds },
    });
  }
});

Deno.test("a user's folds may be written in the corpus's own words, and are told of in them", () => {
  const folds = [{ name: "a", actors: [1, "02"] }, {
    name: "b",
    performances: ["take 4", "take 5"],
  }];
  const given = parseGivenFolds(JSON.stringify({ folds }), "mine.json", "", [RAVDESS_WORDS]);
  assert.deepEqual(given.folds, folds);
  const { tests } = givenFolds(given, corpus(3, 2), RAVDESS_WORDS);
  assert.deepEqual(tests, [Int32Array.of(0, 1, 2, 3), Int32Array.of(4, 5)]);
  assert.throws(() => givenFolds(given, corpus(3, 2)), /fold a lists nothing of this corpus/);
  assert.throws(
    () => givenFolds(given, corpus(3, 3), RAVDESS_WORDS),
    /mine\.json: performances take 6, take 7, take 8 are in no fold/,
  );
  const twice = [{ name: "a", actors: [1] }, { name: "b", speakers: ["1"] }];
  assert.throws(
    () => parseGivenFolds(JSON.stringify({ folds: twice }), "mine.json", "", [RAVDESS_WORDS]),
    /1 is in a and b/,
  );
});

Deno.test("protocols say which plan does not fit", () => {
  const cases: [Protocol, FoldPlan, RegExp][] = [
    [takeIndependent, "loso", /the loso folds divide speakers/],
    [takeIndependent, { folds: 99, repeats: 2 }, /99 folds need at least 99 takes/],
    [speakerIndependent, { folds: 9, repeats: 2 }, /9 folds need at least 9 speakers/],
    [speakerIndependent, { folds: 3, repeats: 0 }, /0 repeats are not possible/],
    [speakerIndependent, { holdOut: 0.05 }, /no speaker is small enough to hold out 0.05 of 24/],
    [speakerIndependent, { holdOut: 1 }, /a hold-out of 1 is not possible/],
    [tutorial, "loso", /has no folds/],
    [tutorial, { folds: 3, repeats: 2 }, /has no folds/],
  ];
  for (const [protocol, folds, message] of cases) {
    assert.throws(() => protocol.splits(corpus(3, 8), { folds, seed: 1 }), (error) => {
      assert(error instanceof ProtocolError, String(error));
      assert.match(error.message, message);
      return true;
    });
  }
});

Deno.test("groupKFold() in random order keeps groups whole and no fold empty", () => {
  const groups = fc.array(fc.nat(11), { minLength: 12, maxLength: 90 });
  fc.assert(
    fc.property(groups, fc.integer({ min: 1, max: 4 }), fc.nat(), (own, k, seed) => {
      fc.pre(new Set(own).size >= k);
      const folds = groupKFold(own.map((g) => g % 3), own, k, new Random(seed), { shuffled: true });
      assert(folds.every((fold) => fold.length > 0));
      const where = folds.map((fold) => new Set(Array.from(fold, (s) => own[s])));
      assert.equal(where.reduce((sum, set) => sum + set.size, 0), new Set(own).size);
      assert.deepEqual(folds.flatMap((f) => [...f]).sort((a, b) => a - b), [...own.keys()]);
    }),
    { seed: 31, numRuns: 200 },
  );
});

Deno.test("describeFoldPlan() has words for every plan", () => {
  const plans: [FoldPlan | null, string][] = [
    [null, ""],
    [6, ""],
    ["loso", "one speaker left out"],
    ["luna-jimenez", "luna-jimenez"],
    [{ folds: 5, repeats: 3 }, "5 folds, 3 times"],
    [{ holdOut: 0.07 }, "7 % held out"],
    [{ file: "mine.json", sha256: "", folds: [{ name: "a" }, { name: "b" }] }, "of mine.json"],
    [{ file: "mine.json", sha256: "", folds: [{ name: "test" }] }, "fold test of mine.json"],
  ];
  for (const [plan, words] of plans) assert.equal(describeFoldPlan(plan), words);
});
