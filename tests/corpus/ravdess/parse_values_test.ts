import assert from "node:assert/strict";
import { FlagValueError } from "../../../src/corpus/parse/flag_value_error.ts";
import {
  parseActors,
  parseChannels,
  parseEmotions,
  parseIntensities,
  parseModalities,
  parseRepetitions,
  parseStatements,
} from "../../../src/corpus/ravdess/parse_values.ts";

Deno.test("parseEmotions() takes names in any case and codes, and gives RAVDESS's order once each", () => {
  assert.deepEqual(parseEmotions("surprised, Calm,angry,calm"), ["calm", "angry", "surprised"]);
  assert.deepEqual(parseEmotions("08,2,angry"), ["calm", "angry", "surprised"]);
});

Deno.test("parseActors() takes numbers and ranges", () => {
  assert.deepEqual(parseActors("1,2,5-8"), [1, 2, 5, 6, 7, 8]);
  assert.deepEqual(parseActors("24,01, 1-2"), [1, 2, 24]);
});

Deno.test("the other lists take names and codes", () => {
  assert.deepEqual(parseModalities("03,audio-video"), ["audio-video", "audio-only"]);
  assert.deepEqual(parseChannels("song"), ["song"]);
  assert.deepEqual(parseIntensities("02,01"), ["normal", "strong"]);
  assert.deepEqual(parseStatements("2"), [2]);
  assert.deepEqual(parseRepetitions("1-2"), [1, 2]);
});

Deno.test("every list names the offending part and what is allowed", () => {
  const cases: [(text: string) => unknown, string, string, RegExp][] = [
    [
      parseEmotions,
      "calm,joyful",
      "joyful",
      /^"joyful" is not an emotion; allowed: neutral, calm,.*01 to 08/,
    ],
    [parseEmotions, "calm,,angry", "", /^"" is not an emotion/],
    [parseEmotions, "09", "09", /not an emotion/],
    [parseEmotions, "00", "00", /not an emotion/],
    [parseActors, "", "", /not an actor; allowed: numbers from 1 to 24/],
    [parseActors, "1,25", "25", /not an actor/],
    [parseActors, "0", "0", /not an actor/],
    [parseActors, "8-5", "8-5", /not an actor/],
    [parseActors, "2-30", "2-30", /not an actor/],
    [parseActors, "1.5", "1.5", /not an actor/],
    [parseModalities, "av", "av", /audio-video, video-only, audio-only/],
    [parseChannels, "shout", "shout", /speech, song/],
    [parseIntensities, "weak", "weak", /normal, strong/],
    [parseStatements, "3", "3", /numbers from 1 to 2/],
    [parseRepetitions, "x", "x", /numbers from 1 to 2/],
  ];
  for (const [parse, text, value, message] of cases) {
    assert.throws(() => parse(text), (error: unknown) => {
      assert.ok(error instanceof FlagValueError);
      assert.equal(error.value, value);
      assert.match(error.message, message);
      assert.ok(error.message.endsWith(error.allowed));
      return true;
    });
  }
});
