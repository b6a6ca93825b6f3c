import assert from "node:assert/strict";
import { RAVDESS } from "../../../src/corpus/ravdess/ravdess.ts";

Deno.test("RAVDESS reads the seven fields of a name as label, speaker, take, tracks and attributes", async () => {
  const files = ["Actor_02/03-02-08-02-02-01-02.wav", "Actor_11/01-01-01-01-01-02-11.mp4"];
  const { clips: [sung, neutral], skipped } = await RAVDESS.readClips("/data", [...files, "x.wav"]);
  assert.deepEqual(sung, {
    path: "/data/Actor_02/03-02-08-02-02-01-02.wav",
    file: "Actor_02/03-02-08-02-02-01-02.wav",
    name: "03-02-08-02-02-01-02",
    corpus: "ravdess",
    label: "surprised",
    speaker: "2",
    take: "02-08-02-02-01-02",
    tracks: { picture: false, sound: "spoken" },
    attributes: {
      ...{ modality: "audio-only", channel: "song", intensity: "strong" },
      ...{ statement: "2", repetition: "1", sex: "female" },
    },
  });
  assert.deepEqual(neutral.tracks, { picture: true, sound: "spoken" });
  assert.equal(neutral.attributes.sex, "male");
  assert.deepEqual(skipped.map(({ file }) => file), ["x.wav"]);
});

Deno.test("RAVDESS knows its names in any folder, with any extension, and the takes they tell", () => {
  assert(RAVDESS.isNamed("a.b/02-01-05-01-02-01-12.mp4"));
  assert(RAVDESS.isNamed("02-01-05-01-02-01-12"));
  assert(!RAVDESS.isNamed("02-01-09-01-02-01-12.mp4"));
  assert.equal(RAVDESS.takeOf("02-01-05-01-02-01-12"), "01-05-01-02-01-12");
  assert.equal(RAVDESS.takeOf("1001_DFA_ANG_XX"), undefined);
});
