import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scanCorpus } from "../../src/corpus/scan.ts";
import { writeSyntheticCorpus } from "../../src/corpus/synthetic/write_synthetic_corpus.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { decodeBundle } from "../../src/recognize/bundle/bundle.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import { BenchError } from "../contender.ts";

/** A bundle to bench. */
export interface BenchModel {
  /** Absolute path of the bundle. */
  readonly path: string;
  /** What the file holds. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the model says of itself. */
  readonly card: ModelCard;
}

/** Bundles to bench, and a clip for them. */
export interface BenchModels {
  /** First the one that only listens, if there are two. */
  readonly models: readonly BenchModel[];
  /** The clip, a film with sound, as a file. */
  readonly clip: string;
}

/** Where corpus and bundles are kept from one bench to the next. */
export const BENCH_FOLDER = fileURLToPath(new URL("../../.emofuse/bench-serve/", import.meta.url));

/**
 * The models to bench: the one given, or two that are trained on the spot on one speaker of the synthetic
 * corpus, one that listens and one that looks as well. Numbers and sizes are those of a model of two
 * emotions; how well it recognises does not matter here.
 *
 * @throws {BenchError} If training fails, or the bundle given is none.
 */
export async function benchModels(
  { model, clip }: { readonly model?: string; readonly clip?: string },
): Promise<BenchModels> {
  const corpus = join(BENCH_FOLDER, "corpus");
  if (model === undefined || clip === undefined) {
    await Deno.mkdir(BENCH_FOLDER, { recursive: true });
    await writeSyntheticCorpus(
      corpus,
      (clip) => encodeClip(clip, "mp4", { preset: "ultrafast" }),
      { speakers: 1 },
    );
  }
  return {
    models: model === undefined
      ? [await train(corpus, "audio"), await train(corpus, "av")]
      : [await readModel(model)],
    clip: clip ?? await clipWithVoice(corpus),
  };
}

async function clipWithVoice(corpus: string): Promise<string> {
  const { clips } = await scanCorpus(corpus);
  return clips.find(({ tracks }) => tracks.picture && tracks.sound === "spoken")!.path;
}

async function train(corpus: string, modality: "audio" | "av"): Promise<BenchModel> {
  const path = join(BENCH_FOLDER, `${modality}.emofuse`);
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--no-prompt",
      "-P=train",
      "tasks/train.ts",
      "--data",
      corpus,
      "--out",
      path,
      "--modality",
      modality,
      "--folds",
      "2",
    ],
    cwd: root,
    env: { NO_COLOR: "1", INIT_CWD: root },
  }).output();
  if (!success) {
    const said = new TextDecoder().decode(stderr).trim().split("\n");
    throw new BenchError(`no model can be trained for the bench: ${said.at(-1)}`);
  }
  return await readModel(path);
}

/**
 * Reads a bundle.
 *
 * @throws {BenchError} If there is none at this path.
 */
export async function readModel(path: string): Promise<BenchModel> {
  try {
    const bytes = await Deno.readFile(path);
    return { path, bytes, card: (await decodeBundle(bytes)).card };
  } catch (cause) {
    throw new BenchError(`--model ${path}: ${(cause as Error).message}`, { cause });
  }
}
