import assert from "node:assert/strict";
import { faceFlags } from "../../src/recognize/words/face_flags.ts";
import { faceRemarks } from "../../src/recognize/words/face_remarks.ts";
import { coverWithWindows } from "../../src/recognize/windows.ts";
import { addReports } from "../../src/vision/faces/add_reports.ts";

Deno.test("faceFlags() and faceRemarks() say nothing of one upright face that always shows", () => {
  const report = { looks: 12, found: 12, several: 0, tilted: 0, doubtful: 0 };
  assert.deepEqual(faceFlags(report), []);
  assert.deepEqual(faceRemarks(report), []);
});

Deno.test("faceFlags() and faceRemarks() tell each thing that is wrong, with its share of the looks", () => {
  const report = { looks: 12, found: 10, several: 3, tilted: 4, doubtful: 1 };
  assert.deepEqual(faceFlags(report), [
    ...["several-faces", "face-missing", "face-tilted", "face-doubtful"],
  ]);
  assert.deepEqual(faceRemarks(report), [
    "there are several faces in 3 of 12 looks",
    "the face does not show in 2 of 12 looks",
    "the face lies on its side or is upside down in 4 of 12 looks",
    "what was taken for a face hardly looks like one in 1 of 12 looks",
  ]);
});

Deno.test("faceFlags() leaves a clip without any face to no-face", () => {
  const report = { looks: 3, found: 0, several: 0 };
  assert.deepEqual([faceFlags(report), faceRemarks(report)], [[], []]);
});

Deno.test("addReports() adds up windows, and does not know what one of them does not know", () => {
  const known = { looks: 3, found: 2, several: 1, tilted: 1, doubtful: 0 };
  assert.deepEqual(addReports([known, known]), {
    ...{ looks: 6, found: 4, several: 2 },
    ...{ tilted: 2, doubtful: 0 },
  });
  const { tilted: _t, doubtful: _d, ...unknown } = known;
  assert.deepEqual(addReports([known, unknown]), { looks: 6, found: 4, several: 2 });
  assert.equal(addReports([]), undefined);
});

Deno.test("coverWithWindows() judges a clip that is a little too long by its middle alone", () => {
  assert.deepEqual(coverWithWindows(4.05, 4), [{ start: 0, end: 4 }]);
  assert.deepEqual(coverWithWindows(4.5, 4), [{ start: 0.25, end: 4.25 }]);
  assert.deepEqual(coverWithWindows(5, 4), [{ start: 0.5, end: 4.5 }]);
  assert.equal(coverWithWindows(5.1, 4).length, 2);
});

Deno.test("coverWithWindows() covers longer clips, but for a quarter of a window at most", () => {
  for (let duration = 5.1; duration < 60; duration += 0.37) {
    const windows = coverWithWindows(duration, 4);
    assert.equal(windows[0].start, 0);
    const { end } = windows.at(-1)!;
    assert.ok(end > duration - 1 - 1e-9 && end < duration + 0.1, `${duration}`);
    windows.slice(1).forEach(({ start }, i) => {
      assert.ok(start <= windows[i].end && windows[i].end - start < 3 + 1e-9, `${duration}`);
      // Where it lies is known before the clip's length is, but for the last.
      if (i < windows.length - 2) assert.equal(start, 4 * (i + 1));
    });
  }
});
