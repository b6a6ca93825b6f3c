import { join } from "node:path";
import type { Clip, SkippedFile } from "../../src/corpus/clip.ts";
import type { Corpus } from "../../src/corpus/corpus.ts";

const NAME = /^([A-Za-z]+)_(\d+)_(glad|glum|bored)$/;

/** Speaker, take and label of `Ada_3_glad.wav`; undefined where a file is named otherwise. */
function parse(file: string): RegExpExecArray | null {
  return NAME.exec(file.replace(/^.*\//, "").replace(/\.[^.]*$/, ""));
}

/** A corpus of sounds that a test brings: `SPEAKER_TAKE_LABEL.wav`, with no word of RAVDESS's. */
export const TOY: Corpus = {
  name: "toy",
  title: "Toy corpus",
  labels: ["glum", "glad"],
  words: {
    speaker: { one: "singer", many: "singers" },
    take: { one: "song", many: "songs" },
    label: { one: "mood", many: "moods" },
  },
  example: "Ada_3_glad",
  filters: [{
    key: "moods",
    flag: "moods",
    description: "glum, glad",
    reads: "label",
    parse: (text) => text.split(","),
  }],
  folds: [{ name: "duets", speakers: [["Ada", "Bo"], ["Cy", "Di"]], source: "this test" }],
  counted: [{ key: "lengths", attribute: "length", values: ["short", "long"] }],
  card: {
    name: "Toy corpus",
    licence: "none",
    weights: "Nobody's.",
    limits: (people, samples) => `Knows ${samples} songs by ${people}.`,
  },

  isNamed: (file) => parse(file) !== null,
  takeOf: (name) => parse(name)?.[2],
  readClips(root, files) {
    const clips: Clip[] = [];
    const skipped: SkippedFile[] = [];
    for (const file of files) {
      const name = parse(file);
      if (!name) {
        skipped.push({ file, reason: "no song" });
        continue;
      }
      const [whole, speaker, number, label] = name;
      clips.push({
        path: join(root, file),
        file,
        name: whole,
        corpus: "toy",
        label,
        speaker,
        take: `${speaker}_${number}`,
        tracks: { picture: false, sound: "spoken" },
        attributes: { length: Number(number) > 2 ? "long" : "short" },
      });
    }
    return Promise.resolve({ clips, skipped });
  },
};
