import { createHash } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { readBytes } from "../../runtime/files/read_bytes.ts";
import { fileProblem, isMissing } from "../../runtime/files/file_problem.ts";
import { writeFileAtomically } from "../../runtime/write_file_atomically.ts";
import { CorpusError } from "../corpus_error.ts";
import { joinFrames } from "./join_frames.ts";
import { mapConcurrent } from "../../runtime/map_concurrent.ts";
import {
  emptyManifest,
  readSyntheticManifest,
  SYNTHETIC_MANIFEST,
  type SyntheticManifest,
} from "./manifest.ts";
import { type SyntheticOptions, syntheticPerformances } from "./performances.ts";
import { renderPerformance } from "./render.ts";

export type { SyntheticOptions };

/** Version of what is drawn and spoken. It goes up with every change of the pictures or the sound. */
export const SYNTHETIC_GENERATOR = 2;

/** A clip ready to be encoded; `encodeClip` of the media part takes it as it is. */
export interface SyntheticClip {
  /** The pictures [n, height, width, 3], RGB from 0 to 255. */
  readonly frames: Uint8Array<ArrayBuffer>;
  /** Width of a picture in pixels. */
  readonly width: number;
  /** Height of a picture in pixels. */
  readonly height: number;
  /** Pictures a second. */
  readonly fps: number;
  /** The sound, mono, full scale -1 to 1. */
  readonly samples: Float32Array<ArrayBuffer>;
  /** Sound samples a second, in Hz. */
  readonly sampleRate: number;
}

/** Turns a clip into the bytes of an .mp4 file. */
export type EncodeSyntheticClip = (clip: SyntheticClip) => Promise<Uint8Array>;

/** How {@linkcode writeSyntheticCorpus} works. */
export interface WriteSyntheticOptions extends SyntheticOptions {
  /** How many clips are made at once: one is drawn while others are encoded. Default: 2. */
  readonly concurrency?: number;
  /** Told after every clip how many are done, of how many. Default: nobody is told. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops the work before the next clip. What is written stays and is reused. Default: never. */
  readonly signal?: AbortSignal;
}

/** What {@linkcode writeSyntheticCorpus} did. */
export interface WrittenCorpus {
  /** Number of clips made now. */
  readonly written: number;
  /** Number of clips found ready from an earlier run. */
  readonly reused: number;
}

const DISK_FAILURES: Record<string, string> = {
  EACCES: "may not be written to; give another folder",
  EPERM: "may not be written to; give another folder",
  EROFS: "is on a read-only disk; give another folder",
  ENOSPC: "the disk is full; free some space or give another folder",
  EEXIST: "is a file, not a folder; give a folder",
  ENOTDIR: "lies below a file, not a folder; give another folder",
};

const NOTICE = `THESE CLIPS ARE SYNTHETIC.

The faces are drawn and the voices are computed by Emofuse. Nobody was filmed or recorded. The files
are named as RAVDESS names its clips so that the same pipeline reads them, but they are not part of
RAVDESS, and results on them say nothing about the recognition of human emotion.

They exist so that "deno task demo" works without any data. For real results, run Emofuse on RAVDESS:
https://doi.org/10.5281/zenodo.1188976
`;

/**
 * Writes the synthetic corpus: `Actor_01/01-01-02-01-01-01-01.mp4` and so on, `SYNTHETIC.txt` that
 * says what they are, and a manifest. Clips that an earlier run with the same generator and options
 * wrote, and that are unchanged, are kept. Every file appears whole or not at all.
 *
 * Only a new folder, an empty one or an earlier synthetic corpus is written to: the names are those of
 * real clips, which must never be overwritten or mixed with synthetic ones.
 *
 * @param dir The folder, made if it is missing.
 * @param encode Makes the bytes of an .mp4 file from pictures and sound.
 *
 * @throws {CorpusError} If the folder holds anything else, or cannot be written to.
 * @throws {RangeError} If `speakers` or `concurrency` is out of range.
 * @throws What `encode` throws, and the signal's reason when it is aborted.
 */
export async function writeSyntheticCorpus(
  dir: string,
  encode: EncodeSyntheticClip,
  options: WriteSyntheticOptions = {},
): Promise<WrittenCorpus> {
  const { seed = 1, speakers = 4, concurrency = 2, onProgress, signal } = options;
  const root = resolve(dir);
  const performances = syntheticPerformances({ seed, speakers });
  const earlier = await prepare(root);
  const isSame = earlier?.generator === SYNTHETIC_GENERATOR && earlier.seed === seed &&
    earlier.actors === speakers;
  const fresh = emptyManifest(SYNTHETIC_GENERATOR, seed, speakers, performances.map((p) => p.file));
  const hashes: Record<string, string | null> = { ...(isSame ? earlier : fresh).files };
  let saved: Promise<void> = Promise.resolve();
  // One after the other: of two clips that end together, the older state must not be written last.
  const saveManifest = () =>
    saved = saved.then(() => {
      const manifest: SyntheticManifest = { ...fresh, files: hashes };
      return writeFileAtomically(
        join(root, SYNTHETIC_MANIFEST),
        JSON.stringify(manifest, null, 2) + "\n",
      );
    });
  await onDisk(root, async () => {
    // The manifest goes first: whatever stops this run, the folder is known to be synthetic.
    await saveManifest();
    await writeFileAtomically(join(root, "SYNTHETIC.txt"), NOTICE);
    await removeStale(root, earlier, fresh);
  });
  let written = 0;
  let reused = 0;
  await mapConcurrent(performances, concurrency, async (performance) => {
    signal?.throwIfAborted();
    const { file } = performance;
    const path = join(root, file);
    const known = hashes[file];
    if (known && known === await onDisk(root, () => fileHash(path))) {
      reused++;
    } else {
      const { frames, frameCount, ...clip } = renderPerformance(performance);
      const bytes = await encode({ ...clip, frames: joinFrames(frames(), frameCount) });
      hashes[file] = sha256(bytes);
      await onDisk(root, async () => {
        await mkdir(dirname(path), { recursive: true });
        await writeFileAtomically(path, bytes);
        await saveManifest();
      });
      written++;
    }
    onProgress?.(written + reused, performances.length);
  });
  return { written, reused };
}

/** Makes the folder and reads its manifest; refuses a folder of anything but a synthetic corpus. */
function prepare(root: string): Promise<SyntheticManifest | undefined> {
  return onDisk(root, async () => {
    await mkdir(root, { recursive: true });
    const manifest = await readSyntheticManifest(root);
    if (manifest !== undefined) return manifest;
    for (const name of await readdir(root)) {
      if (name.startsWith(".")) continue;
      throw new CorpusError(
        root,
        `holds ${name}, so it is not a synthetic corpus; give an empty or new folder, ` +
          "for synthetic clips must not be mixed with others",
      );
    }
  });
}

/** Removes the clips of an earlier corpus that this one has not, so that it holds nothing else. */
async function removeStale(
  root: string,
  earlier: SyntheticManifest | undefined,
  fresh: SyntheticManifest,
): Promise<void> {
  // Only names that the generator can have given: a manifest is no licence to delete other files.
  const own = /^Actor_\d\d\/\d\d(-\d\d){6}\.mp4$/;
  for (const file of Object.keys(earlier?.files ?? {})) {
    if (file in fresh.files || !own.test(file)) continue;
    try {
      await rm(join(root, file));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
}

/** The hash of a file, or undefined if there is none. */
async function fileHash(path: string): Promise<string | undefined> {
  try {
    return sha256(await readBytes(path));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Works on the folder's files; what the system refuses is told as an error of the folder. */
async function onDisk<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = fileProblem(error) === "denied" ? DISK_FAILURES.EACCES : DISK_FAILURES[code];
    throw reason ? new CorpusError(root, reason, { cause: error }) : error;
  }
}
