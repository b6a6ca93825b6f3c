import assert from "node:assert/strict";
import { FlagValueError } from "../../src/corpus/parse/flag_value_error.ts";
import { CORPORA } from "../../src/corpus/registry.ts";
import { command } from "../../tasks/command.ts";
import { addFilterFlags, readFilter } from "../../tasks/flags/filter_flags.ts";
import { TOY } from "../corpus/toy_corpus.ts";

/** A corpus that shares a flag with RAVDESS, for values of its own. */
const BORED = {
  ...TOY,
  filters: [{
    ...{ key: "emotions", flag: "emotions", description: "bored", reads: "label" },
    parse(text: string) {
      if (text !== "bored") throw new FlagValueError(text, "bored", "bored");
      return [text];
    },
  }],
};

function filter(...args: string[]) {
  const corpora = [...CORPORA, TOY, BORED];
  const flags = addFilterFlags(command("test", "Tests."), corpora)
    .configureOutput({ writeErr: () => {} });
  return readFilter(flags.parse(args, { from: "user" }).opts(), corpora);
}

Deno.test("every corpus brings its flags, and every one knows --speakers", () => {
  assert.deepEqual(filter("--moods", "glad", "--statements", "2", "--speakers", "Ada"), {
    ...{ statements: [2], moods: ["glad"], speakers: ["Ada"] },
  });
  assert.deepEqual(filter(), {});
});

Deno.test("a flag of two corpora takes the values of both, and errors name those of the first", () => {
  assert.deepEqual(filter("--emotions", "calm"), { emotions: ["calm"] });
  assert.deepEqual(filter("--emotions", "bored"), { emotions: ["bored"] });
  assert.throws(() => filter("--emotions", "proud"), /"proud" is not/);
});
