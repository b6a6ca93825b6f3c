import assert from "node:assert/strict";
import { parseRavdessName, performanceId } from "../../../src/corpus/ravdess/name.ts";
import { syntheticPerformances } from "../../../src/corpus/synthetic/performances.ts";

Deno.test("syntheticPerformances() lists 32 files of 24 takes, balanced over actors and emotions", () => {
  const list = syntheticPerformances();
  assert.equal(list.length, 32);
  assert.equal(new Set(list.map(({ name }) => performanceId(name))).size, 24);
  const cells = Map.groupBy(list, ({ name }) => `${name.actor} ${name.emotion}`);
  assert.equal(cells.size, 8);
  for (const cell of cells.values()) {
    assert.equal(cell.length, 4);
    assert.equal(new Set(cell.map(({ name }) => performanceId(name))).size, 3);
  }
  for (const emotion of ["calm", "angry"]) {
    const strong = list.filter(({ name }) =>
      name.emotion === emotion && name.intensity === "strong" && name.modality === "audio-video"
    );
    assert.equal(strong.filter(({ name }) => name.statement === 1).length, 2);
    assert.equal(strong.filter(({ name }) => name.statement === 2).length, 2);
  }
});

Deno.test("syntheticPerformances() gives valid, unique RAVDESS names in their actors' folders", () => {
  const list = syntheticPerformances({ speakers: 24, seed: 5 });
  assert.equal(new Set(list.map(({ file }) => file)).size, 24 * 8);
  for (const { file, name, seed } of list) {
    assert.deepEqual(parseRavdessName(file), name);
    assert.ok(file.startsWith(`Actor_${String(name.actor).padStart(2, "0")}/`));
    assert.equal(seed, 5);
  }
});

Deno.test("syntheticPerformances() gives every twin an original with sound", () => {
  const list = syntheticPerformances();
  const twins = list.filter(({ name }) => name.modality === "video-only");
  assert.equal(twins.length, 8);
  for (const twin of twins) {
    const id = performanceId(twin.name);
    assert.ok(
      list.some(({ name }) => name.modality === "audio-video" && performanceId(name) === id),
    );
  }
});

Deno.test("syntheticPerformances() throws for a number of actors that RAVDESS has no codes for", () => {
  for (const speakers of [0, 25, 1.5, NaN]) {
    assert.throws(() => syntheticPerformances({ speakers }), RangeError);
  }
});
