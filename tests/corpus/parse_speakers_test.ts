import assert from "node:assert/strict";
import { FlagValueError } from "../../src/corpus/parse/flag_value_error.ts";
import { parseSpeakers } from "../../src/corpus/parse/parse_speakers.ts";

Deno.test("parseSpeakers() takes names as they are and opens ranges of numbers", () => {
  assert.deepEqual(parseSpeakers("JK,ses-01, 08"), ["JK", "ses-01", "08"]);
  assert.deepEqual(parseSpeakers("9-11,10"), ["9", "10", "11"]);
});

Deno.test("parseSpeakers() refuses what can be no list of speakers", () => {
  for (const text of ["", "JK,,DC", "4-2", "1-999999999"]) {
    assert.throws(() => parseSpeakers(text), (error) => {
      assert(error instanceof FlagValueError, text);
      assert.match(error.message, /is not a speaker; allowed: names of speakers/);
      return true;
    });
  }
});
