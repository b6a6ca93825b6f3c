import assert from "node:assert/strict";
import fc from "fast-check";
import {
  CHANNELS,
  EMOTIONS,
  INTENSITIES,
  MODALITIES,
  type RavdessName,
} from "../../../src/corpus/ravdess/fields.ts";
import {
  formatRavdessName,
  parseRavdessName,
  performanceId,
  RavdessNameError,
} from "../../../src/corpus/ravdess/name.ts";

const anyName = fc.record({
  modality: fc.constantFrom(...MODALITIES),
  channel: fc.constantFrom(...CHANNELS),
  emotion: fc.constantFrom(...EMOTIONS),
  intensity: fc.constantFrom(...INTENSITIES),
  statement: fc.constantFrom(1 as const, 2 as const),
  repetition: fc.constantFrom(1 as const, 2 as const),
  actor: fc.integer({ min: 1, max: 24 }),
}, { noNullPrototype: true }).filter((name) =>
  name.emotion !== "neutral" || name.intensity === "normal"
);

function nameError(fn: () => unknown): RavdessNameError {
  try {
    fn();
  } catch (error) {
    assert.ok(error instanceof RavdessNameError, `not a RavdessNameError: ${error}`);
    return error;
  }
  throw new Error("nothing was thrown");
}

Deno.test("parseRavdessName() reads the seven fields", () => {
  assert.deepEqual(parseRavdessName("02-01-06-02-01-02-12.mp4"), {
    modality: "video-only",
    channel: "speech",
    emotion: "fearful",
    intensity: "strong",
    statement: 1,
    repetition: 2,
    actor: 12,
  });
});

Deno.test("parseRavdessName() ignores folders, either separator, and one extension", () => {
  const bare = parseRavdessName("03-02-02-01-02-01-24");
  assert.deepEqual(parseRavdessName("/data/Actor_24/03-02-02-01-02-01-24.flac"), bare);
  assert.deepEqual(parseRavdessName("C:\\data\\03-02-02-01-02-01-24.WAV"), bare);
});

Deno.test("formatRavdessName() is the inverse of parseRavdessName()", () => {
  fc.assert(fc.property(anyName, (name) => {
    const file = formatRavdessName(name, ".mkv");
    assert.match(file, /^(\d\d-){6}\d\d\.mkv$/);
    assert.deepEqual(parseRavdessName(file), name);
  }));
});

Deno.test("parseRavdessName() names the wrong field and what is allowed", () => {
  const cases: [string, string, RegExp][] = [
    ["04-01-05-01-01-01-01.mp4", "modality", /"04"; allowed: 01 audio-video, 02 video-only/],
    ["01-03-05-01-01-01-01.mp4", "channel", /field 2.*allowed: 01 speech, 02 song/],
    ["01-01-09-01-01-01-01.mp4", "emotion", /01 neutral, 02 calm.*08 surprised/],
    ["01-01-05-00-01-01-01.mp4", "intensity", /01 normal, 02 strong/],
    ["01-01-05-01-3-01-01.mp4", "statement", /is "3"; allowed: 01 "Kids/],
    ["01-01-05-01-01-xx-01.mp4", "repetition", /is "xx"/],
    ["01-01-05-01-01-01-25.mp4", "actor", /allowed: 01 to 24/],
    ["01-01-05-01-01-01-01 (1).mp4", "actor", /"01 \(1\)"/],
    ["01-01-05-01-01-01-1e.mp4", "actor", /"1e"/],
    ["01-01-01-02-01-01-01.mp4", "intensity", /neutral does not have/],
    ["01-01-05-01-01-01.mp4", "name", /seven two-digit fields.*this one has 6/],
    ["", "name", /this one has 1/],
  ];
  for (const [file, field, message] of cases) {
    const error = nameError(() => parseRavdessName(file));
    assert.equal(error.field, field, file);
    assert.equal(error.file, file);
    assert.match(error.message, message);
    assert.ok(error.message.startsWith(`${file}: `));
    assert.ok(!error.message.includes("\n"));
  }
});

Deno.test("formatRavdessName() refuses what parseRavdessName() would", () => {
  const good = parseRavdessName("01-01-05-01-01-01-01");
  const bad: [Partial<Record<keyof RavdessName, unknown>>, string][] = [
    [{ actor: 25 }, "actor"],
    [{ actor: 1.5 }, "actor"],
    [{ emotion: "bored" }, "emotion"],
    [{ emotion: "neutral", intensity: "strong" }, "intensity"],
  ];
  for (const [change, field] of bad) {
    const error = nameError(() => formatRavdessName({ ...good, ...change } as RavdessName));
    assert.equal(error.field, field);
  }
});

Deno.test("performanceId() is shared by exactly the files that differ in modality alone", () => {
  fc.assert(fc.property(anyName, anyName, (a, b) => {
    const sameTake = formatRavdessName({ ...a, modality: "audio-only" }) ===
      formatRavdessName({ ...b, modality: "audio-only" });
    assert.equal(performanceId(a) === performanceId(b), sameTake);
    assert.equal(performanceId({ ...a, modality: "video-only" }), performanceId(a));
  }));
});
