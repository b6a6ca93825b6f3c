import assert from "node:assert/strict";
import { testWith } from "../../needs.ts";
import { programFolder } from "./installed_package.ts";
import { runNode } from "./run_program.ts";

/** Makes of a Node one that lacks what Node 20 does, and uses all of that. */
const PROGRAM = `
const methods = "drop every filter find flatMap forEach map reduce some take toArray".split(" ");
const prototype = Object.getPrototypeOf(Object.getPrototypeOf([].values()));
for (const name of methods) delete prototype[name];
for (const [of, name] of [[Map, "groupBy"], [Promise, "withResolvers"], [Array, "fromAsync"]]) delete of[name];
delete globalThis.Iterator;

await import("./node_modules/emofuse/dist/compat.js");
const loaded = () => Boolean(Object.getOwnPropertyDescriptor(Map, "groupBy").value);
const before = loaded();
const { promise, resolve } = Promise.withResolvers();
resolve(2);
const used = [
  [3, 1, 2].values().drop(1).filter((x) => x > 1).map((x) => x * 2).toArray(),
  [1, 2].values().flatMap((x) => [x, x]).take(3).reduce((sum, x) => sum + x),
  [1, 2].values().some((x) => x > 1) && [1].values().every((x) => x > 0),
  new Set([1, 2]).keys().find((x) => x > 1),
  Iterator.from([1]).next().value,
  Map.groupBy([1, 2, 3], (x) => x % 2).get(1),
  await promise,
  await Array.fromAsync([Promise.resolve(1)]),
];
[1].values().forEach((x) => used.push(x));
const enumerable = Object.keys(prototype);
console.log(JSON.stringify({ before, after: loaded(), used, enumerable }));
`;

await testWith(
  ["node", "npm package"],
  "what Node 20 lacks is loaded when it is used, and not before",
  async () => {
    await using place = await programFolder({ "lacks.js": PROGRAM });
    const { code, out, err } = await runNode(place.folder, "lacks.js");
    assert.equal(code, 0, err);
    assert.deepEqual(JSON.parse(out), {
      before: false,
      after: true,
      used: [[4], 4, true, 2, 1, [1, 3], 2, [1], 1],
      enumerable: [],
    });
  },
);
