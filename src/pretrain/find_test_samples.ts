import { basename } from "node:path";
import type { CorpusFolder } from "../corpus/scan_folders.ts";
import { scanFolders } from "../corpus/scan_folders.ts";
import { makeSamples } from "../pipeline/samples/samples.ts";
import type { ClipsToMeasure } from "./ask_about.ts";

/**
 * The clips of a folder, of which a model is only asked: a file with picture and sound is one for both.
 *
 * @throws {CorpusError} If the folder cannot be used.
 */
export async function findTestSamples(folder: CorpusFolder): Promise<ClipsToMeasure> {
  const { clips, corpus } = await scanFolders([folder]);
  const modality = clips.some(({ tracks }) => tracks.picture) ? "video" : "audio";
  const { samples } = makeSamples(clips, { modality, mergeTwins: true, words: corpus.words });
  const last = basename(folder.dir);
  return { name: last === corpus.name ? corpus.title : `${corpus.title}, ${last}`, samples };
}
