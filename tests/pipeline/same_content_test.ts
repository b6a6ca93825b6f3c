import assert from "node:assert/strict";
import type { Clip, ClipSpan } from "../../src/corpus/clip.ts";
import { withSpan } from "../../src/corpus/span.ts";
import type { ExtractedSample } from "../../src/pipeline/extract/extract_tools.ts";
import { firstCopy, takesOf } from "../../src/pipeline/samples/same_content.ts";
import { makeSamples } from "../../src/pipeline/samples/samples.ts";

/** A sample of a sound file of the given hash, all of it or a part. */
function sampleOf(path: string, hash: string, span?: ClipSpan): ExtractedSample {
  const file = withSpan(path, span);
  const clip: Clip = {
    ...{ path, file, name: file, corpus: "manifest", label: "calm", speaker: "1", take: file },
    tracks: { picture: false, sound: "spoken" },
    attributes: {},
    ...(span && { span }),
  };
  const { samples: [sample] } = makeSamples([clip], { modality: "audio", mergeTwins: true });
  return { sample, silent: false, clips: { [file]: hash } };
}

Deno.test("takesOf() makes files of the same bytes one take, and says so", () => {
  const { takes, warnings } = takesOf([sampleOf("a", "1"), sampleOf("b", "2"), sampleOf("c", "1")]);
  assert.deepEqual(takes, ["a", "b", "a"]);
  assert.deepEqual(warnings, [{
    file: "c",
    reason: "the same bytes as a: both are kept on one side of every split",
  }]);
  const other = { file: "x", reason: "clipped" };
  assert.deepEqual(firstCopy([other, ...warnings]), ["c: the same bytes as a (the first of 1)"]);
  assert.deepEqual(firstCopy([other]), []);
});

Deno.test("takesOf() joins parts of a recording that share a stretch, and no others", () => {
  const parts = [[0, 2], [4, 6], [2, 3], [1, 2.5], [5, undefined]] as const;
  const samples = parts.map(([start, end]) => sampleOf("talk", "1", { start, end }));
  const { takes, warnings } = takesOf([...samples, sampleOf("other", "2", { start: 1, end: 2 })]);
  assert.equal(new Set(takes).size, 3);
  assert.equal(takes[3], takes[0]);
  assert.equal(takes[3], takes[2]);
  assert.equal(takes[4], takes[1]);
  assert.notEqual(takes[0], takes[1]);
  assert.deepEqual(warnings.map(({ file, reason }) => [file, reason.split(":")[0]]), [
    ["talk#t=1,2.5", "shares a stretch with talk#t=0,2"],
    ["talk#t=5", "shares a stretch with talk#t=4,6"],
  ]);
});
