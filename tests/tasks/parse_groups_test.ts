import assert from "node:assert/strict";
import { parseGroups } from "../../tasks/flags/parse_groups.ts";

Deno.test("parseGroups() reads attributes and the cuts of numbers", () => {
  assert.deepEqual(parseGroups("sex, age:30,45,60,race"), [
    { attribute: "sex" },
    { attribute: "age", cuts: [30, 45, 60] },
    { attribute: "race" },
  ]);
});

Deno.test("parseGroups() refuses what it cannot read", () => {
  for (
    const [text, says] of [
      ["", /no attribute/],
      ["age:", /"age:" is no attribute/],
      ["age:a", /"age:a" is no attribute/],
      ["age:45,30", /cuts of age must ascend/],
      ["sex,sex", /sex stands there twice/],
    ] as const
  ) assert.throws(() => parseGroups(text), says, text);
});
