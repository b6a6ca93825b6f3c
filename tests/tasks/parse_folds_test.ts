import assert from "node:assert/strict";
import { FlagValueError } from "../../src/corpus/parse/flag_value_error.ts";
import { parseFolds } from "../../tasks/flags/parse_folds.ts";

Deno.test("parseFolds() takes numbers, repeats, names and files, and nothing else", () => {
  assert.equal(parseFolds("24"), 24);
  assert.deepEqual(parseFolds("5x1000"), { folds: 5, repeats: 1000 });
  assert.equal(parseFolds("loso"), "loso");
  assert.equal(parseFolds("luna-jimenez"), "luna-jimenez");
  assert.deepEqual(parseFolds("a dir/My.JSON"), { file: "a dir/My.JSON" });
  for (
    const text of ["", "0", "1", "2.5", "-3", "5x", "x5", "5x1", "1x5", "5x1001", ".json", "five"]
  ) {
    assert.throws(() => parseFolds(text), (error) => {
      assert(error instanceof FlagValueError, text);
      assert.match(error.message, /allowed: a number from 2 on.*loso, luna-jimenez/);
      return true;
    });
  }
});
