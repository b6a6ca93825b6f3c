import assert from "node:assert/strict";
import { RAVDESS_WORDS } from "../../src/corpus/ravdess/words.ts";
import type { CorpusWords } from "../../src/corpus/words.ts";
import { findLeaks } from "../../src/evaluate/find_leaks.ts";

const HONEST = { headOnAllClips: false, featureNetworksOnAllClips: false };
const TUTORIAL = { headOnAllClips: true, featureNetworksOnAllClips: true };

/** Takes a and b as 01- and silent 02- files, take c as an 01- file alone. */
const SAMPLES = [
  { take: "a", silent: false },
  { take: "a", silent: true },
  { take: "b", silent: false },
  { take: "b", silent: true },
  { take: "c", silent: false },
].map((sample) => ({ ...sample, speaker: "1", label: "calm" }));

function split(train: number[], test: number[]) {
  return { name: "x", train: Int32Array.from(train), test: Int32Array.from(test) };
}

Deno.test("findLeaks() finds nothing in an honest split without silence", () => {
  assert.deepEqual(
    findLeaks(HONEST, [split([0, 2], [4])], [
      SAMPLES[0],
      ...SAMPLES.slice(1).map(
        (sample) => ({ ...sample, silent: false }),
      ),
    ], "av"),
    [],
  );
});

Deno.test("findLeaks() counts the test samples whose twin was learned from", () => {
  const leaks = findLeaks(HONEST, [split([0, 2, 4], [1, 3])], SAMPLES, "av");
  const twins = leaks.find(({ id }) => id === "twins");
  assert.match(twins!.text, /^2 of 2 test samples/);
});

Deno.test("findLeaks() does not count a silent twin as a leak of the voice", () => {
  const [twins] = findLeaks(HONEST, [split([0, 2, 4], [1, 3])], SAMPLES, "av");
  assert.equal(twins.affects({ modality: "audio", fusion: "none" }), false);
  assert.equal(twins.affects({ modality: "video", fusion: "none" }), true);
  assert.equal(twins.affects({ modality: "fused", fusion: "early" }), true);
  const ids = findLeaks(HONEST, [split([0, 2, 4], [1, 3])], SAMPLES, "audio").map(({ id }) => id);
  assert.deepEqual(ids, ["silence"]);
});

Deno.test("findLeaks() finds a twin even where the protocol promises that there is none", () => {
  const heard = [SAMPLES[0], SAMPLES[0]];
  assert.deepEqual(
    findLeaks(HONEST, [split([0], [1])], heard, "audio").map(({ id }) => id),
    ["twins"],
  );
});

Deno.test("findLeaks() says which rows what was fitted on all clips touches", () => {
  const leaks = findLeaks(TUTORIAL, [split([0, 1, 2, 3], [4])], SAMPLES, "av");
  const touching = (modality: string, fusion: string, model = "mlp") =>
    leaks.filter(({ affects }) => affects({ modality, fusion, model })).map(({ id }) => id);
  assert.deepEqual(touching("audio", "none"), ["silence"]);
  assert.deepEqual(touching("video", "none"), ["face-head"]);
  assert.deepEqual(touching("fused", "early"), ["face-head", "silence"]);
  assert.deepEqual(touching("fused", "decision-mean"), ["face-head", "silence"]);
  assert.deepEqual(touching("fused", "late-sum"), ["face-head", "feature-networks", "silence"]);
  assert.deepEqual(touching("fused", "hybrid"), ["face-head", "feature-networks", "silence"]);
  assert.deepEqual(touching("fused", "hybrid", "ensemble"), ["face-head", "silence"]);
});

Deno.test("findLeaks() leaves out what a run on one modality does not have", () => {
  const ids = (modality: "audio" | "video") =>
    findLeaks(TUTORIAL, [split([0, 1, 2, 3], [4])], SAMPLES, modality).map(({ id }) => id);
  assert.deepEqual(ids("audio"), ["silence"]);
  assert.deepEqual(ids("video"), ["face-head"]);
});

Deno.test("findLeaks() counts test samples by speakers that were learned from, where there are several", () => {
  const by = (...speakers: string[]) =>
    speakers.map((speaker, i) => ({
      take: String(i),
      silent: false,
      speaker,
      label: i % 2 === 0 ? "calm" : "angry",
    }));
  const leaks = findLeaks(HONEST, [split([0, 1, 2], [3, 4])], by("1", "1", "2", "2", "3"), "audio");
  assert.deepEqual(leaks.map(({ text }) => text), [
    "1 of 2 test samples are by speakers that were also learned from",
  ]);
  assert.deepEqual(findLeaks(HONEST, [split([0, 1, 2], [3])], by("1", "1", "1", "1"), "audio"), []);
  assert.deepEqual(findLeaks(HONEST, [split([0, 1], [2, 3])], by("1", "1", "2", "2"), "audio"), []);
});

Deno.test("findLeaks() says when a class has one speaker among several", () => {
  const samples = [["1", "calm"], ["1", "calm"], ["2", "angry"], ["2", "angry"]].map((
    [speaker, label],
    i,
  ) => ({ take: String(i), silent: false, speaker, label }));
  const leaks = findLeaks(HONEST, [split([0, 2], [1, 3])], samples, "audio");
  assert.deepEqual(leaks.map(({ id }) => id), ["speakers", "one-speaker"]);
  assert.match(leaks[1].text, /only one speaker plays calm, angry/);
});

Deno.test("findLeaks() speaks in the words of the corpus", () => {
  const twins = [split([0, 1], [2])];
  const take = { take: "a", label: "calm", silent: false };
  const samples = ["1", "2", "1"].map((speaker) => ({ ...take, speaker }));
  const text = (words?: CorpusWords) =>
    findLeaks(HONEST, twins, samples, "audio", undefined, words).map(({ text }) => text);
  assert.deepEqual(text(), [
    "1 of 1 test samples show a take that was also learned from",
    "1 of 1 test samples are by speakers that were also learned from",
  ]);
  assert.deepEqual(text(RAVDESS_WORDS), [
    "1 of 1 test samples show a performance that was also learned from " +
    "(01- and 02- files are the same take)",
    "1 of 1 test samples are by actors that were also learned from",
  ]);
});
