import assert from "node:assert/strict";
import { dirname } from "node:path";
import { boundaryScore, frameScore } from "../../bench/segments/score.ts";
import { benchSegments } from "../../bench/segments/segments.ts";
import { segmentsTable } from "../../bench/segments/segments_table.ts";
import { testWith } from "../needs.ts";
import { cremaDDir, emoDbDir, ravdessDir } from "../ravdess.ts";

const TRUTH = [{ start: 1, end: 2 }, { start: 4, end: 6 }];

Deno.test("frameScore() counts what both have, of what was found and of what there is", () => {
  const { precision, recall } = frameScore([{ start: 1.5, end: 3.5 }], TRUTH, 10);
  assert.deepEqual([precision, recall], [50 / 200, 50 / 300]);
  assert.deepEqual(frameScore(TRUTH, TRUTH, 10), { precision: 1, recall: 1, f1: 1 });
  assert.equal(frameScore([], TRUTH, 10).f1, 0);
});

Deno.test("boundaryScore() counts each boundary once, if it is near enough", () => {
  const found = [{ start: 0.6, end: 1.2 }, { start: 1.3, end: 2.1 }, { start: 4.4, end: 5.4 }];
  // Of three starts two are near a true one; of three ends that at 2.1 alone.
  const { precision, recall } = boundaryScore(found, TRUTH, 0.5);
  assert.deepEqual([precision, recall], [3 / 6, 3 / 4]);
});

await testWith(
  ["ravdess", "crema-d", "emo-db"],
  "speech in real clips with music and noise between is found better by Silero VAD",
  async () => {
    const corpora = dirname(ravdessDir()!);
    assert.deepEqual([cremaDDir(), emoDbDir()].map((dir) => dirname(dir!)), [corpora, corpora]);
    const result = await benchSegments({ corpora, clips: 3, snrs: [20] });
    const [silero, dsp] = result.rows;
    assert.deepEqual([silero.finder, dsp.finder], ["silero", "dsp"]);
    assert.equal(silero.clips, 9);
    assert.ok(silero.boundaries.f1 > 0.8, `boundaries ${JSON.stringify(silero.boundaries)}`);
    assert.ok(silero.frames.f1 > 0.8, `frames ${JSON.stringify(silero.frames)}`);
    assert.ok(silero.frames.f1 > dsp.frames.f1, JSON.stringify(dsp.frames));
    assert.match(segmentsTable(result), /silero/);
  },
);
