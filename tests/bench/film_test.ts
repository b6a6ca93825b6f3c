import assert from "node:assert/strict";
import { dirname } from "node:path";
import { benchFilm } from "../../bench/film/film.ts";
import { filmTable } from "../../bench/film/film_table.ts";
import { likeliestOf, rowsUar } from "../../bench/film/judge_rows.ts";
import { HEIGHT, planShots, WIDTH } from "../../bench/film/shots.ts";
import { BenchError } from "../../bench/contender.ts";
import { processCost } from "../../bench/process_cost.ts";
import { mostOf } from "../../bench/segments/most_of.ts";
import { VAD_RATE } from "../../models/silero/silero_vad.ts";
import type { Clip } from "../../src/corpus/clip.ts";
import { testWith } from "../needs.ts";
import { cremaDDir, emoDbDir, ravdessDir } from "../ravdess.ts";

const clip = (label: string, path = label) => ({ label, path }) as Clip;

Deno.test("mostOf() gives the segment that covers most of another, or none", () => {
  const found = [{ start: 0, end: 2 }, { start: 2, end: 5 }];
  assert.equal(mostOf(found, { start: 1.5, end: 3 }), found[1]);
  assert.equal(mostOf(found, { start: 5, end: 6 }), undefined);
  assert.equal(mostOf([], { start: 5, end: 6 }), undefined);
});

Deno.test("rowsUar() takes what is missing, or says what no clip is, for wrong", () => {
  const says = (likeliest: string, face: string) => ({
    ...{ clip: "x", likeliest },
    modalities: { video: { sad: 0, happy: 0, angry: 0, [face]: 1 } },
  });
  const clips = [clip("sad"), clip("sad"), clip("happy"), clip("happy")];
  const rows = [says("sad", "happy"), undefined, says("happy", "happy"), says("angry", "happy")];
  assert.equal(rowsUar(clips, rows, "both"), (1 / 2 + 1 / 2) / 2);
  assert.equal(rowsUar(clips, rows, "video"), (0 + 1) / 2);
  assert.equal(rowsUar(clips, rows, "audio"), 0);
  assert.equal(likeliestOf({ clip: "x", error: "it is silent" }, "video"), undefined);
});

Deno.test("planShots() shows each clip when it is heard, its face inside the picture, and nothing in pauses", () => {
  const cast = [
    { clip: clip("sad", "crop.mp4"), shows: "face" as const },
    { clip: clip("sad", "voice.wav"), shows: "nothing" as const },
    { clip: clip("happy", "whole.mp4"), shows: "person" as const },
  ];
  const clips = cast.map(({ clip }, i) => ({
    clip,
    samples: new Float32Array(2.95 * VAD_RATE),
    start: 1 + 5 * i,
    speech: { start: 1.5 + 5 * i, end: 3.5 + 5 * i },
  }));
  for (let seed = 0; seed < 50; seed++) {
    const shots = planShots({ clips, samples: new Float32Array() }, cast, seed);
    assert.deepEqual(shots.map(({ frames }) => frames), [30, 90, 60, 90, 60, 90]);
    const seen = shots.map(({ faces }) => faces.map(({ path }) => path));
    assert.deepEqual(seen, [[], ["crop.mp4"], [], [], [], ["whole.mp4"]]);
    for (const { x, y, width, height } of shots.flatMap(({ faces }) => faces)) {
      assert.ok(x >= 0 && y >= 0 && x + width <= WIDTH && y + height <= HEIGHT);
    }
    assert.deepEqual(
      planShots({ clips, samples: new Float32Array() }, cast, seed),
      shots,
      "one seed gives the same shots",
    );
  }
});

Deno.test("processCost() measures a program, and says why it failed", async () => {
  const work = "const end = Date.now() + 600; while (Date.now() < end);";
  const cost = await processCost(Deno.execPath(), { args: ["eval", work] });
  assert.ok(cost.wallSeconds > 0.5, `${cost.wallSeconds}`);
  if (Deno.build.os === "linux") {
    assert.ok(cost.peakMb! > 10 && cost.processorSeconds! > 0, JSON.stringify(cost));
  }
  await assert.rejects(
    processCost(Deno.execPath(), { args: ["eval", "throw new Error('no such luck')"] }),
    (error) => error instanceof BenchError && /failed: .+/.test(error.message),
  );
});

await testWith(
  ["ravdess", "crema-d", "emo-db", "ffmpeg"],
  "a film of real clips is made and recognised, and two faces side by side are told apart",
  async () => {
    const corpora = dirname(ravdessDir()!);
    assert.deepEqual([cremaDDir(), emoDbDir()].map((dir) => dirname(dir!)), [corpora, corpora]);
    const bench = await benchFilm({ corpora, clips: [3, 1], pairs: 1 });
    assert.deepEqual([bench.clips, bench.uars.at(-1)!.count], [3, 3]);
    assert.ok(bench.found >= 3 && bench.boundaries.f1 > 0.5, JSON.stringify(bench.boundaries));
    assert.equal(bench.faces.with.used, bench.faces.with.segments);
    assert.deepEqual(bench.faces.without, { segments: 1, used: 0 });
    const [long, short] = bench.costs;
    assert.ok(long.seconds > short.seconds && long.wallSeconds > 0);
    const { apart, sameLabel, faces, meanDifference } = bench.twoFaces;
    assert.deepEqual([apart, sameLabel, faces], [1, 2, 2]);
    assert.ok(meanDifference < 0.03, `${meanDifference}`);
    assert.match(filmTable(bench), /rows of both and of the voice in 1 of 1 films/);
  },
);
