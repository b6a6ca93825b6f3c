import assert from "node:assert/strict";
import { join } from "node:path";
import { createDecoder } from "../../src/media/create_decoder.ts";
import { predictClips } from "../../src/predict/predict_clips.ts";
import type { Prediction } from "../../src/recognize/prediction.ts";
import { loadDefaultRecognizer } from "../../src/recognize/default/load_default_recognizer.ts";
import { testWith } from "../needs.ts";
import { cremaDDir, emoDbDir, ravdessDir } from "../ravdess.ts";

/** What the model that comes with Emofuse says of clip files. */
async function predictAll(paths: readonly string[]): Promise<Prediction[]> {
  const recognizer = await loadDefaultRecognizer();
  const decoder = await createDecoder("wasm");
  const said: Prediction[] = [];
  try {
    const files = paths.map((path) => ({ file: path, path }));
    for await (const outcome of predictClips(recognizer, decoder, files)) {
      const [part] = outcome.parts;
      assert.ok("prediction" in part, JSON.stringify(outcome));
      said.push(part.prediction);
    }
  } finally {
    await decoder.close();
    recognizer.dispose();
  }
  return said;
}

await testWith(
  ["ravdess", "crema-d"],
  "the default model takes a film, a face without a voice and a voice without a face",
  async () => {
    const films = join(ravdessDir()!, "crops", "Actor_05");
    const [both, silent, heard] = await predictAll([
      join(films, "01-01-03-02-01-01-05.mp4"),
      join(films, "02-01-03-02-01-01-05.mp4"),
      join(cremaDDir()!, "AudioOpus", "1070_IEO_ANG_HI.opus"),
    ]);
    assert.deepEqual([both, silent, heard].map(({ used }) => used), [
      ["audio", "video"],
      ["video"],
      ["audio"],
    ]);
    assert.equal(silent.label, "happy");
    assert.deepEqual(heard.unknown, ["surprised"]);
    assert.equal(heard.label, "angry");
  },
);

await testWith(
  ["emo-db"],
  "the default model hears anger and grief in a language that it never learned",
  async () => {
    const texts = ["a01", "a02", "a04", "b01", "b02"];
    const names = [...Deno.readDirSync(join(emoDbDir()!, "flac"))].map(({ name }) => name);
    const of = (letter: string) =>
      names.filter((name) => texts.includes(name.slice(2, 5)) && name[5] === letter).sort().slice(
        0,
        8,
      );
    const [angry, sad] = [of("W"), of("T")];
    const said = await predictAll(
      [...angry, ...sad].map((name) => join(emoDbDir()!, "flac", name)),
    );
    const right = said.filter(({ probabilities }, i) =>
      (probabilities.angry > probabilities.sad) === (i < angry.length)
    );
    assert.ok(right.length >= 0.7 * said.length, `${right.length} of ${said.length}`);
  },
);
