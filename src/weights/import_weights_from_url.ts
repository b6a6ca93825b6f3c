import { mkdir, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BACKBONES } from "../../models/registry.ts";
import { VGG16_FACE } from "../../models/vgg16_face.ts";
import { WeightsError } from "../../models/weights_error.ts";
import type { ExpectedHash } from "../runtime/file_hash.ts";
import { download } from "../runtime/http/download.ts";
import { DownloadError } from "../runtime/http/download_error.ts";
import { importFile } from "./import_file.ts";
import type { ImportedWeights, ImportOptions } from "./import_weights.ts";
import type { ImportedWhisper } from "./import_whisper.ts";
import { readRegistry } from "./weights_registry.ts";

/** Settings of {@linkcode importWeightsFromUrl}. */
export interface ImportFromUrlOptions extends Omit<ImportOptions, "url"> {
  /**
   * Is told how many bytes have come, and how many there will be where the server says so.
   *
   * @default {nobody is told}
   */
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

/** Folder of downloads under way, beside the weights. */
const DOWNLOADS = "downloads";

/** Hashes that publishers state: Keras Applications does in keras/applications/vgg16.py. */
const PUBLISHED: Readonly<Record<string, ExpectedHash>> = Object.fromEntries(
  [
    ["vgg16_weights_tf_dim_ordering_tf_kernels.h5", "64373286793e3c8b2b4e3219cbf3544b"],
    ["vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5", "6d6bbae143d832006294945121d1f1fc"],
  ].map(([file, hex]) => [
    `https://storage.googleapis.com/tensorflow/keras-applications/vgg16/${file}`,
    { algorithm: "md5", hex },
  ]),
);

/**
 * Downloads a weights file and imports it (see {@linkcode importFile}). A download that was cut off
 * goes on where it ended; the file itself is deleted once it is imported or has turned out useless.
 *
 * Its hash is checked against the one that is given, or else the one that its publisher states, or else
 * the one that the same address had when it was first imported into this folder.
 *
 * @throws {WeightsError} If the address is not one of the web, the file cannot be downloaded, its hash
 * is another, or it cannot be imported.
 */
export async function importWeightsFromUrl(
  url: string,
  { onProgress, ...options }: ImportFromUrlOptions = {},
): Promise<ImportedWeights | ImportedWhisper> {
  const { out = BACKBONES[VGG16_FACE].userWeights!.defaultPath } = options;
  const file = join(dirname(out), DOWNLOADS, fileName(url));
  const hash = await expectedHash(url, dirname(out), options.sha256);
  try {
    await mkdir(dirname(file), { recursive: true });
    await download(url, file, { hash, onProgress });
    return await importFile(file, { ...options, url });
  } catch (cause) {
    if (!(cause instanceof DownloadError)) throw cause;
    throw new WeightsError(cause.message, { cause });
  } finally {
    // What was not downloaded whole is not there under this name, but as a part for the next time.
    await rm(file).catch(() => {});
    // Only an empty folder goes: another download may be under way there.
    await rmdir(dirname(file)).catch(() => {});
  }
}

async function expectedHash(
  url: string,
  dir: string,
  sha256: string | undefined,
): Promise<ExpectedHash | undefined> {
  if (sha256 !== undefined) return { algorithm: "sha256", hex: sha256 };
  if (PUBLISHED[url] !== undefined) return PUBLISHED[url];
  const seen = Object.values(await readRegistry(dir)).find(({ source }) => source.url === url);
  return seen && { algorithm: "sha256", hex: seen.source.sha256 };
}

function fileName(address: string): string {
  const url = URL.parse(address);
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    throw new WeightsError(`${address} is no address to download from: it begins with https://`);
  }
  const name = decodeURIComponent(url.pathname.split("/").at(-1)!).replaceAll(/[^\w.-]/g, "_");
  return /^\.*$/.test(name) ? "weights" : name;
}
