import assert from "node:assert/strict";
import { groupValues, orderGroups } from "../../src/corpus/group_values.ts";
import { rateGroups } from "../../src/evaluate/rate_groups.ts";
import { uar } from "../../src/evaluate/uar.ts";
import { Random } from "../../src/numeric/random.ts";

const CLASSES = 3;

/** Speakers of two groups who speak every class; a share of each group's clips is recognised. */
function invented(
  { speakers, clips, skill, seed }: {
    readonly speakers: number;
    readonly clips: number;
    readonly skill: Readonly<Record<string, number>>;
    readonly seed: number;
  },
) {
  const random = new Random(seed);
  const samples = Object.entries(skill).flatMap(([group, share]) =>
    Array.from({ length: speakers * clips }, (_, i) => {
      const truth = i % CLASSES;
      const said = random.next() < share ? truth : (truth + 1 + random.int(CLASSES - 1)) % CLASSES;
      return { group, truth, said, speaker: `${group} ${i % speakers}` };
    })
  );
  return {
    truth: Int32Array.from(samples, ({ truth }) => truth),
    predicted: Int32Array.from(samples, ({ said }) => said),
    speakers: samples.map(({ speaker }) => speaker),
    groups: samples.map(({ group }) => group),
  };
}

const rate = (
  { truth, predicted, speakers, groups }: ReturnType<typeof invented>,
  order: readonly string[],
  seed = 1,
) => rateGroups(truth, predicted, CLASSES, speakers, groups, order, { seed });

Deno.test("rateGroups() finds a gap that is there, and its groups' UAR are those of their samples", () => {
  const data = invented({ speakers: 12, clips: 30, skill: { men: 0.5, women: 0.75 }, seed: 3 });
  const { groups, gap } = rate(data, ["men", "women"]);
  for (const [g, { n, speakers, uar: value }] of groups.entries()) {
    const own = data.groups.flatMap((group, i) => group === ["men", "women"][g] ? [i] : []);
    const of = (labels: Int32Array) => Int32Array.from(own, (i) => labels[i]);
    assert.deepEqual([n, speakers], [360, 12]);
    assert.equal(value, uar(of(data.truth), of(data.predicted), CLASSES));
  }
  assert.ok(gap);
  assert.deepEqual([gap.worse, gap.better, gap.pairs], ["men", "women", 1]);
  assert.equal(gap.difference, groups[1].uar - groups[0].uar);
  assert.ok(gap.ci95[0] > 0.1 && gap.ci95[1] < 0.4, `${gap.ci95}`);
});

Deno.test("the interval of a gap that is not there holds 0 nineteen times of twenty", () => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed);
  const sure = seeds.filter((seed) => {
    const data = invented({ speakers: 12, clips: 24, skill: { a: 0.6, b: 0.6, c: 0.6 }, seed });
    return rate(data, ["a", "b", "c"]).gap!.ci95[0] > 0;
  });
  // Of 60, three are to be expected, and the percentile bootstrap of twelve speakers is a little narrow.
  assert.ok(sure.length <= 8, `${sure.length} of ${seeds.length}`);
});

Deno.test("the interval of a chosen pair is wider than that of the same pair alone", () => {
  const skill = { a: 0.5, b: 0.7, c: 0.6 };
  const data = invented({ speakers: 12, clips: 30, skill, seed: 5 });
  const [all, alone] = [rate(data, ["a", "b", "c"]).gap!, rate(data, ["a", "b"]).gap!];
  assert.deepEqual([all.pairs, alone.pairs], [3, 1]);
  assert.deepEqual([all.worse, all.better, all.difference], [
    alone.worse,
    alone.better,
    alone.difference,
  ]);
  assert.ok(
    all.ci95[0] < alone.ci95[0] && all.ci95[1] > alone.ci95[1],
    `${all.ci95} ${alone.ci95}`,
  );
});

Deno.test("rateGroups() draws the speakers of one group without regard to those of another", () => {
  // Each speaker of b speaks as one of a does: drawn in pairs, they would never differ.
  const one = invented({ speakers: 10, clips: 12, skill: { a: 0.6 }, seed: 2 });
  const both = <T>(of: (i: number) => T, other: (i: number) => T) => [
    ...one.groups.map((_, i) => of(i)),
    ...one.groups.map((_, i) => other(i)),
  ];
  const { gap } = rate({
    truth: Int32Array.from(both((i) => one.truth[i], (i) => one.truth[i])),
    predicted: Int32Array.from(both((i) => one.predicted[i], (i) => one.predicted[i])),
    speakers: both((i) => one.speakers[i], (i) => one.speakers[i].replace("a", "b")),
    groups: both(() => "a", () => "b"),
  }, ["a", "b"]);
  assert.equal(gap!.difference, 0);
  assert.ok(gap!.ci95[0] < -0.02 && gap!.ci95[1] > 0.02, `${gap!.ci95}`);
});

Deno.test("rateGroups() draws speakers once for all groups where they are in several", () => {
  // Every speaker is recognised in half of the quiet and all of the loud clips, however good he is.
  const speakers = Array.from({ length: 10 }, (_, s) => s);
  const samples = speakers.flatMap((s) =>
    ["quiet", "loud"].flatMap((group) =>
      Array.from({ length: 12 }, (_, k) => {
        const truth = k % CLASSES;
        const right = group === "loud" ? k < 6 + s % 5 : k < 3 + s % 5;
        return { group, truth, speaker: `${s}`, said: right ? truth : (truth + 1) % CLASSES };
      })
    )
  );
  const { gap } = rate({
    truth: Int32Array.from(samples, ({ truth }) => truth),
    predicted: Int32Array.from(samples, ({ said }) => said),
    speakers: samples.map(({ speaker }) => speaker),
    groups: samples.map(({ group }) => group),
  }, ["quiet", "loud"]);
  // Three of twelve clips for everybody: nothing is left to vary.
  assert.ok(Math.abs(gap!.difference - 0.25) < 1e-12);
  assert.ok(gap!.ci95.every((bound) => Math.abs(bound - 0.25) < 1e-12), `${gap!.ci95}`);
});

Deno.test("rateGroups() does not compare a group of one speaker, of few samples or without a class", () => {
  const data = invented({ speakers: 4, clips: 30, skill: { a: 0.6, b: 0.6 }, seed: 1 });
  const alone = {
    ...data,
    speakers: data.speakers.map((name) => name.startsWith("b") ? "bob" : name),
  };
  const one = rate(alone, ["a", "b"]);
  assert.deepEqual([one.groups[1].apart, one.groups[1].uarCi95, one.gap], [
    "few-speakers",
    null,
    null,
  ]);
  const few = {
    ...data,
    groups: data.groups.map((group, i) => group === "b" && i % 10 > 0 ? "a" : group),
  };
  assert.equal(rate(few, ["a", "b"]).groups[1].apart, "few-samples");
  const groups = data.groups.map((group, i) => group === "b" && data.truth[i] === 2 ? "a" : group);
  assert.equal(rate({ ...data, groups }, ["a", "b"]).groups[1].apart, "lacks-classes");
});

Deno.test("the same seed gives the same intervals", () => {
  const data = invented({ speakers: 6, clips: 12, skill: { a: 0.5, b: 0.7 }, seed: 1 });
  assert.deepEqual(rate(data, ["a", "b"], 5), rate(data, ["a", "b"], 5));
  assert.notDeepEqual(rate(data, ["a", "b"], 5), rate(data, ["a", "b"], 6));
});

Deno.test("groupValues() cuts ages, and says nothing of what is no number", () => {
  const by = { attribute: "age" };
  const groups = groupValues(["29", "30", "74", "", "old", undefined], by);
  assert.deepEqual(groups, [
    "under 30",
    "30 to 44",
    "60 and over",
    undefined,
    undefined,
    undefined,
  ]);
  assert.deepEqual(orderGroups(["60 and over", "30 to 44", "under 30"], by), [
    "under 30",
    "30 to 44",
    "60 and over",
  ]);
});
