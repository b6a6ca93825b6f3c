import assert from "node:assert/strict";
import { join } from "node:path";
import { CorpusError } from "../../../src/corpus/corpus_error.ts";
import { CREMA_D } from "../../../src/corpus/crema_d/crema_d.ts";
import { CREMA_D_HICMAE } from "../../../src/corpus/crema_d/hicmae.ts";
import { scanCorpus } from "../../../src/corpus/scan.ts";
import { makeSamples } from "../../../src/pipeline/samples/samples.ts";
import { withFiles } from "../../with_folder.ts";

const TAKE = "1001_DFA_ANG_XX";
const PUBLISHED = [
  ...[`AudioWAV/${TAKE}.wav`, `AudioMP3/${TAKE}.mp3`, `VideoFlash/${TAKE}.flv`],
  ...[
    "AudioWAV/1040_ITH_SAD_X.wav",
    "AudioMP3/1002_IEO_HAP_LO.mp3",
    "AudioWAV/1002_IEO_JOY_LO.wav",
  ],
];
const ACTORS =
  '"ActorID","Age","Sex","Race","Ethnicity"\n1001,51,"Male","Caucasian","Not Hispanic"\n';
const VOTES =
  '\uFEFF"","FileName","VoiceVote","VoiceLevel","FaceVote","FaceLevel","MultiModalVote"\r\n' +
  `"1","${TAKE}","A:D","69.1","N","92.22","A"\r\n`;

Deno.test("CREMA-D: wav, mp3 and flv of a take are one sample, and the mp3 gives way to the wav", () =>
  withFiles(PUBLISHED, async (dir) => {
    const { corpus, clips, skipped } = await scanCorpus(dir);
    assert.equal(corpus, CREMA_D);
    assert.deepEqual(clips.map(({ file }) => file), [
      `AudioWAV/${TAKE}.wav`,
      `VideoFlash/${TAKE}.flv`,
      "AudioMP3/1002_IEO_HAP_LO.mp3",
      "AudioWAV/1040_ITH_SAD_X.wav",
    ]);
    assert.match(skipped[0].reason, /an MP3 of the take of AudioWAV\/1001_DFA_ANG_XX\.wav/);
    assert.equal(skipped[1].file, "AudioWAV/1002_IEO_JOY_LO.wav");
    const { samples } = makeSamples(clips, { modality: "av", mergeTwins: true });
    assert.deepEqual(samples.map(({ id, corpus, label }) => [id, corpus, label]), [
      [TAKE, "crema-d", "angry"],
    ]);
    // The sound of the clip that has the picture too comes first.
    assert.deepEqual(samples[0].sound.map(({ file }) => file), [
      `VideoFlash/${TAKE}.flv`,
      `AudioWAV/${TAKE}.wav`,
    ]);
  }));

Deno.test("CREMA-D: actors and votes are read from tables in the folder or the one above", () =>
  withFiles(PUBLISHED, async (dir) => {
    const bare = await scanCorpus(join(dir, "AudioWAV"));
    assert.equal(bare.clips[0].attributes.sex, undefined);
    await Deno.writeTextFile(join(dir, "VideoDemographics.csv"), ACTORS);
    await Deno.mkdir(join(dir, "processedResults"));
    await Deno.writeTextFile(join(dir, "processedResults", "summaryTable.csv"), VOTES);
    const { clips } = await scanCorpus(join(dir, "AudioWAV"));
    assert.deepEqual(clips.find(({ take }) => take === TAKE)?.attributes, {
      ...{ language: "en", sentence: "DFA", level: "unspecified" },
      ...{ sex: "male", age: "51", race: "Caucasian", ethnicity: "Not Hispanic" },
      ...{ voiceVote: "angry|disgust", faceVote: "neutral", bothVote: "angry" },
    });
    await Deno.writeTextFile(join(dir, "VideoDemographics.csv"), "Actor,Age\n1001,51\n");
    await assert.rejects(
      scanCorpus(join(dir, "AudioWAV")),
      (error) => error instanceof CorpusError && /Demographics.*"ActorID"/.test(error.message),
    );
  }));

Deno.test("CREMA-D: its published folds hold each of the 91 actors once", () => {
  const actors = CREMA_D_HICMAE.speakers.flat();
  assert.deepEqual(CREMA_D_HICMAE.speakers.map((fold) => fold.length), [18, 18, 18, 18, 19]);
  assert.deepEqual(actors, Array.from({ length: 91 }, (_, i) => String(1001 + i)));
});

Deno.test("CREMA-D: filters take actors, levels and sentences that exist, and no others", () => {
  const parse = (flag: string, text: string) =>
    CREMA_D.filters.find((option) => option.flag === flag)!.parse(text);
  assert.deepEqual(parse("actors", "1001-1003"), ["1001", "1002", "1003"]);
  assert.deepEqual(parse("levels", "high,LOW"), ["low", "high"]);
  assert.deepEqual(parse("sentences", "dfa"), ["DFA"]);
  assert.throws(() => parse("actors", "1,2"), /"1" is not an actor; allowed: numbers from 1001/);
  assert.throws(
    () => parse("emotions", "calm"),
    /"calm" is not an emotion; allowed: neutral, happy/,
  );
});
