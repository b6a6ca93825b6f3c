import assert from "node:assert/strict";
import { withNewNames, withOldNames } from "../../src/corpus/old_names.ts";
import { RAVDESS_OLD_NAMES } from "../../src/corpus/ravdess/words.ts";

Deno.test("withOldNames() keeps RAVDESS's fields and their types beside the general ones", () => {
  assert.deepEqual(withOldNames({ speakers: ["1", "12"], takes: 3, clips: 4 }, RAVDESS_OLD_NAMES), {
    ...{ actors: [1, 12], performances: 3 },
    ...{ speakers: ["1", "12"], takes: 3, clips: 4 },
  });
  const fields = { speakers: ["1"] };
  assert.equal(withOldNames(fields, undefined), fields);
});

Deno.test("withNewNames() gives older fields their general names, and keeps general ones", () => {
  assert.deepEqual(withNewNames({ actor: 12, emotion: "calm", clips: 4 }, RAVDESS_OLD_NAMES), {
    ...{ actor: 12, emotion: "calm", clips: 4 },
    ...{ speaker: "12", label: "calm" },
  });
  const both = { actor: 12, speaker: "Ada" };
  assert.deepEqual(withNewNames(both, RAVDESS_OLD_NAMES), both);
});
