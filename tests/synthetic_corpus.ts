import { writeSyntheticCorpus } from "../src/corpus/synthetic/write_synthetic_corpus.ts";
import { encodeClip } from "../src/media/encode_clip.ts";
import { cachedFolder } from "./cached.ts";

/** The folder of the synthetic corpus of so many speakers, which all tests share: it must be left as it is. */
export function syntheticCorpus(speakers: number): Promise<string> {
  return cachedFolder(
    `the synthetic corpus of ${speakers} speakers`,
    (dir) =>
      writeSyntheticCorpus(dir, (clip) => encodeClip(clip, "mp4", { preset: "ultrafast" }), {
        speakers,
      }),
  );
}
