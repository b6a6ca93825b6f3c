import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { scanCorpus } from "../../src/corpus/scan.ts";
import type { Decoder } from "../../src/media/decoder.ts";
import { MediaError } from "../../src/media/media_error.ts";
import { DEFAULT_CONFIG, type RunConfig } from "../../src/pipeline/config.ts";
import { extractSamples } from "../../src/pipeline/extract/extract.ts";
import type { ExtractTools } from "../../src/pipeline/extract/extract_tools.ts";
import { makeSamples } from "../../src/pipeline/samples/samples.ts";
import type { CropInfo } from "../../src/vision/crop_faces.ts";
import { askedFor } from "../media/asked.ts";
import type { FeatureStore } from "../../src/pipeline/store/feature_store.ts";
import { openStore } from "../../src/pipeline/store/open_store.ts";

const BACKBONE = {
  name: "fixed",
  weightsHash: "77",
  licence: "",
  source: "",
  channels: 3,
  featureSize: () => 3,
};

/** A corpus of small files, a decoder that reads them as text, and a count of what was asked of it. */
class Bench {
  readonly decoded: { file: string; picture: boolean; sound: boolean }[] = [];
  atOnce = 0;
  most = 0;
  /** What is said of the crop of every clip. */
  crop: CropInfo | undefined;

  private constructor(readonly dir: string, readonly store: FeatureStore) {}

  static async with(
    files: Record<string, string>,
    work: (bench: Bench) => Promise<void>,
  ): Promise<void> {
    const dir = await Deno.makeTempDir();
    try {
      await Deno.mkdir(join(dir, "corpus"));
      for (const [file, text] of Object.entries(files)) {
        const path = join(dir, "corpus", file);
        await Deno.mkdir(dirname(path), { recursive: true });
        await Deno.writeTextFile(path, text);
      }
      await work(new Bench(dir, await openStore({ store: join(dir, "store") })));
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  }

  async extract(config: Partial<RunConfig> = {}, merge = true, workers = 1) {
    const { clips } = await scanCorpus(join(this.dir, "corpus"));
    const { samples } = makeSamples(clips, {
      modality: config.modality ?? "av",
      mergeTwins: merge,
    });
    const tools: ExtractTools = {
      store: this.store,
      decoder: this.#decoder(),
      backbone: BACKBONE,
      workers,
      embedders: () => ({
        embed: ({ n, crop }) =>
          Promise.resolve({
            embeddings: new Float32Array(n * 3).fill(crop === "face" ? 2 : 1),
            featureSize: 3,
            computed: n,
            crop: this.crop,
          }),
      }),
    };
    return await extractSamples(samples, { ...DEFAULT_CONFIG, ...config }, tools);
  }

  #decoder(): Decoder {
    const decode: Decoder["decode"] = async (path, options) => {
      const { picture = true, sound = true, width = 0, height = 0 } = askedFor(options);
      this.most = Math.max(this.most, ++this.atOnce);
      const file = path.slice(path.lastIndexOf("/") + 1);
      this.decoded.push({ file, picture, sound });
      const text = await Deno.readTextFile(path);
      this.atOnce--;
      if (text === "damaged") throw new MediaError(file, "truncated or damaged");
      const mute = text === "mute" && sound;
      return {
        frames: new Uint8Array(2),
        frameCount: 2,
        samples: Float32Array.of(text.length),
        hasPicture: true,
        hasSound: true,
        silent: text === "silence",
        ...{ width, height },
        problems: mute ? { sound: { reason: "no sound track", damaged: false } } : {},
        warnings: text === "odd" ? ["ffmpeg complained: a frame is missing"] : [],
      };
    };
    return {
      name: "wasm",
      version: "of these tests",
      decode,
      inspect: () => Promise.reject(new Error("not asked for")),
      close: () => Promise.resolve(),
    };
  }
}

const A = "01-01-02-01-01-01-01.mp4";
const A_TWIN = "02-01-02-01-01-01-01.mp4";
const A_VOICE = "03-01-02-01-01-01-01.flac";
const B = "01-01-05-01-01-01-01.mp4";

Deno.test("extractSamples() decodes picture and sound of a clip at once, and only once", () =>
  Bench.with({ [A]: "a", [B]: "b" }, async (bench) => {
    const first = await bench.extract();
    assert.deepEqual([first.extracted.length, first.cached], [2, 0]);
    // Two clips are under way at once, so either may be decoded first.
    assert.deepEqual(bench.decoded.toSorted((a, b) => a.file < b.file ? -1 : 1), [
      { file: A, picture: true, sound: true },
      { file: B, picture: true, sound: true },
    ]);
    const second = await bench.extract();
    assert.deepEqual([second.extracted.length, second.cached], [2, 2]);
    assert.equal(bench.decoded.length, 2);
    assert.deepEqual(second.extracted, first.extracted);
  }));

Deno.test("extractSamples() computes anew only what a changed setting or clip touches", () =>
  Bench.with({ [A]: "a", [B]: "b" }, async (bench) => {
    await bench.extract();
    bench.decoded.length = 0;
    await bench.extract({ crop: "face" });
    assert.deepEqual(bench.decoded.map(({ picture, sound }) => [picture, sound]), [
      [true, false],
      [true, false],
    ]);
    for (const frameFill of ["repeat", "interpolate"] as const) {
      bench.decoded.length = 0;
      const { extracted } = await bench.extract({ frameStep: 2, frameFill });
      assert.deepEqual(bench.decoded.map(({ sound }) => sound), [false, false]);
      assert.equal(extracted[0].picture?.settings.frameFill, frameFill);
    }
    bench.decoded.length = 0;
    await bench.extract({ kernels: "stock" });
    assert.deepEqual(bench.decoded.map(({ sound }) => sound), [false, false]);
    bench.decoded.length = 0;
    // A store of all frames stays valid: its keys do not tell of the step.
    assert.equal((await bench.extract({ frameFill: "interpolate" })).cached, 2);
    await Deno.writeTextFile(join(bench.dir, "corpus", B), "changed");
    const { cached } = await bench.extract();
    assert.deepEqual(bench.decoded, [{ file: B, picture: true, sound: true }]);
    assert.equal(cached, 1);
  }));

Deno.test("extractSamples() does not decode the picture where only the voice is wanted", () =>
  Bench.with({ [A]: "a", [B]: "b" }, async (bench) => {
    const { extracted } = await bench.extract({ modality: "audio" });
    assert(bench.decoded.every(({ picture }) => !picture));
    assert(extracted.every(({ picture }) => picture === undefined));
  }));

Deno.test("extractSamples() names a damaged clip and goes on with the others", () =>
  Bench.with({ [A]: "damaged", [B]: "b" }, async (bench) => {
    const { extracted, skipped } = await bench.extract();
    assert.deepEqual(extracted.map(({ sample }) => sample.label), ["angry"]);
    assert.deepEqual(skipped, [{ file: A, reason: "truncated or damaged" }]);
  }));

Deno.test("extractSamples() takes picture and voice from other files where the best is damaged", () =>
  Bench.with({ [A]: "damaged", [A_TWIN]: "silence", [A_VOICE]: "voice" }, async (bench) => {
    const { extracted, skipped } = await bench.extract();
    assert.equal(extracted.length, 1);
    assert.equal(extracted[0].silent, false);
    assert.deepEqual(Object.keys(extracted[0].clips).sort(), [A_TWIN, A_VOICE]);
    assert.deepEqual(skipped.map(({ file }) => file), [A]);
  }));

Deno.test("extractSamples() takes the picture of a clip without sound, and the voice from elsewhere", () =>
  Bench.with({ [A]: "mute", [A_VOICE]: "voice", [B]: "mute" }, async (bench) => {
    const { extracted, skipped } = await bench.extract();
    assert.deepEqual(extracted.map(({ clips }) => Object.keys(clips).sort()), [[A, A_VOICE]]);
    assert.deepEqual(skipped, [A, B].map((file) => ({ file, reason: "no sound track" })));
  }));

Deno.test("extractSamples() uses the first copy that can be read, and says what became of each", () =>
  Bench.with(
    { [`a/${A}`]: "damaged", [`b/${A}`]: "intact", [`c/${A}`]: "spare", [B]: "b" },
    async (bench) => {
      for (const merge of [true, false]) {
        const { extracted, skipped } = await bench.extract({}, merge);
        assert.deepEqual(extracted.map(({ clips }) => Object.keys(clips)), [[`b/${A}`], [B]]);
        assert.deepEqual(skipped, [
          { file: `a/${A}`, reason: "truncated or damaged" },
          { file: `c/${A}`, reason: `same name as b/${A}, which is used instead` },
        ]);
      }
    },
  ));

Deno.test("extractSamples() says of a clip what ffmpeg complained of, from the store as well", () =>
  Bench.with({ [A]: "odd", [B]: "b" }, async (bench) => {
    for (let run = 0; run < 2; run++) {
      const { extracted, warnings } = await bench.extract();
      assert.equal(extracted.length, 2);
      assert(warnings.length > 0);
      assert(warnings.every(({ file, reason }) => file === A && /a frame is missing/.test(reason)));
    }
  }));

Deno.test("extractSamples() says the same of a clip whether an ear hears it or not, whatever the store holds", () =>
  Bench.with({ [A]: "odd", [B]: "b" }, async (bench) => {
    const ear = { name: "toy", sampleRate: 16000 };
    const heard = await bench.extract({ ear });
    assert.equal(heard.extracted[0].speech!.settings.sampleRate, 16000);
    assert.equal(heard.extracted[0].sound!.settings.sampleRate, 8000);
    await Deno.remove(bench.store.dir, { recursive: true });
    const before = await bench.extract();
    assert.equal(before.extracted[0].speech, undefined);
    const after = await bench.extract({ ear });
    assert.deepEqual(heard.warnings, before.warnings);
    assert.deepEqual(after.warnings, before.warnings);
    assert.equal((await bench.extract({ ear })).cached, 2);
  }));

Deno.test("extractSamples() names a clip without sound once where an ear should hear it", () =>
  Bench.with({ [A]: "mute", [B]: "b" }, async (bench) => {
    const { extracted, skipped } = await bench.extract({
      modality: "audio",
      ear: { name: "toy", sampleRate: 16000 },
    });
    assert.equal(extracted.length, 1);
    assert.deepEqual(skipped, [{ file: A, reason: "no sound track" }]);
  }));

Deno.test("extractSamples() keeps which frames show the face, and says where some do not", () =>
  Bench.with({ [A]: "a", [B]: "b" }, async (bench) => {
    const box = { x: 0, y: 0, width: 1, height: 1 };
    const report = { looks: 2, found: 1, several: 0 };
    bench.crop = { boxes: [box, box], counts: Uint8Array.of(0, 1), size: 1, report };
    for (let run = 0; run < 2; run++) {
      const { extracted, warnings } = await bench.extract({ crop: "face" });
      const { tensors } = (await bench.store.get(extracted[0].picture!))!;
      assert.deepEqual(tensors.counts.data, Uint8Array.of(0, 1));
      assert.deepEqual(
        warnings,
        [A, B].map((file) => ({
          file,
          reason: "the face shows in 1 of 2 looks: frames without it do not count",
        })),
      );
    }
    bench.crop = undefined;
    const { extracted } = await bench.extract({ crop: "none" });
    const { tensors } = (await bench.store.get(extracted[0].picture!))!;
    assert.deepEqual(tensors.counts.data, Uint8Array.of(1, 1), "whole pictures all count");
  }));

Deno.test("extractSamples() knows silence, from the store as well", () =>
  Bench.with({ [A]: "a", [A_TWIN]: "silence" }, async (bench) => {
    for (let run = 0; run < 2; run++) {
      const { extracted } = await bench.extract({}, false);
      assert.deepEqual(extracted.map(({ silent }) => silent), [false, true]);
    }
  }));

Deno.test("extractSamples() has no more clips under way than it has workers, plus one", () => {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [
      `01-01-0${2 + i % 2}-01-01-01-${String(i + 1).padStart(2, "0")}.mp4`,
      `${i}`,
    ]),
  );
  return Bench.with(files, async (bench) => {
    await bench.extract({}, true, 2);
    assert.equal(bench.decoded.length, 12);
    assert(bench.most <= 3, `${bench.most}`);
  });
});
