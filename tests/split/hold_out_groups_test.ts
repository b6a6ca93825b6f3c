import assert from "node:assert/strict";
import fc from "fast-check";
import { holdOutGroups } from "../../src/split/hold_out_groups.ts";
import { Random } from "../../src/numeric/random.ts";

Deno.test("holdOutGroups() takes whole groups, never all, and the same for the same seed", () => {
  const rows = fc.array(fc.tuple(fc.nat(3), fc.nat(9)), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(
      rows,
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      fc.nat(),
      (r, share, seed) => {
        const [labels, groups] = [r.map(([label]) => label), r.map(([, group]) => group)];
        const held = holdOutGroups(labels, groups, share, new Random(seed));
        assert.deepEqual(holdOutGroups(labels, groups, share, new Random(seed)), held);
        assert(held.length < labels.length);
        assert.deepEqual([...held], [...new Set(held)].sort((a, b) => a - b));
        const inside = new Set(Array.from(held, (k) => groups[k]));
        const whole = [...groups.keys()].filter((k) => inside.has(groups[k]));
        assert.deepEqual([...held], whole);
      },
    ),
    { seed: 30, numRuns: 300 },
  );
});

Deno.test("holdOutGroups() holds out each class's share to the nearest sample where rows are free", () => {
  const labels = Array.from({ length: 90 }, (_, k) => k < 50 ? 0 : k < 80 ? 1 : 2);
  for (let seed = 0; seed < 10; seed++) {
    const held = holdOutGroups(labels, [...labels.keys()], 0.2, new Random(seed));
    const counts = [0, 1, 2].map((c) => held.filter((k) => labels[k] === c).length);
    assert.deepEqual(counts, [10, 6, 2]);
  }
});

Deno.test("holdOutGroups() holds out the nearest number of speakers who play every class", () => {
  const speakers = Array.from({ length: 18 * 8 }, (_, k) => k >> 3);
  const labels = speakers.map((_, k) => k % 8);
  const drawn = new Set<string>();
  for (let seed = 0; seed < 10; seed++) {
    const held = holdOutGroups(labels, speakers, 0.2, new Random(seed));
    const who = new Set(Array.from(held, (k) => speakers[k]));
    assert.equal(who.size, 4);
    drawn.add([...who].join());
  }
  assert(drawn.size > 5, "the seed decides");
});

Deno.test("holdOutGroups() holds out nothing where every group is too large, and refuses nonsense", () => {
  assert.equal(holdOutGroups([0, 1, 0, 1], [1, 1, 1, 1], 0.2, new Random(1)).length, 0);
  assert.throws(() => holdOutGroups([0, 1], [1], 0.2, new Random(1)), /2 labels but 1 groups/);
  for (const share of [0, 1, NaN]) {
    assert.throws(() => holdOutGroups([0], [1], share, new Random(1)), /share between 0 and 1/);
  }
});
