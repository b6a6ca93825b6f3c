import type { Dsp } from "../audio/dsp.ts";
import type { SkippedFile } from "../corpus/clip.ts";
import type { Decoder } from "../media/decoder.ts";
import { MediaError } from "../media/media_error.ts";
import { mapConcurrent } from "../runtime/map_concurrent.ts";
import type { AuditFile } from "./audit_file.ts";
import { type Fingerprint, fingerprint, FINGERPRINT_RATE } from "./fingerprint.ts";

/** Seconds of a recording that are heard: ten minutes, the most that is decoded at once. */
const HEARD_SECONDS = 600;

/** With what files are heard. */
export interface ListenTools {
  /** What decodes the files. */
  readonly decoder: Pick<Decoder, "decode">;
  /** What computes the fingerprints. */
  readonly dsp: Dsp;
  /** How many files are decoded at once. */
  readonly concurrency: number;
  /** Told how many of how many files are heard. Default: nobody is told. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was heard. */
export interface Heard {
  /** The fingerprints by file; of files without a voice undefined. */
  readonly fingerprints: readonly (Fingerprint | undefined)[];
  /** Files that could not be heard, and why. */
  readonly unheard: readonly SkippedFile[];
}

/**
 * Fingerprints the sound of files, one after the other: a file's samples are let go of before another is
 * taken, and about 1 kB a recording of three seconds is kept.
 */
export async function listen(
  files: readonly AuditFile[],
  { decoder, dsp, concurrency, onProgress }: ListenTools,
): Promise<Heard> {
  const unheard: SkippedFile[] = [];
  let done = 0;
  const fingerprints = await mapConcurrent(files, concurrency, async ({ file, path, heard }) => {
    try {
      if (!heard) return;
      const { samples, silent } = await decoder.decode(path, {
        picture: false,
        sampleRate: FINGERPRINT_RATE,
        seconds: HEARD_SECONDS,
      });
      return silent ? undefined : fingerprint(dsp, samples);
    } catch (error) {
      if (!(error instanceof MediaError)) throw error;
      unheard.push({ file, reason: error.reason });
    } finally {
      onProgress?.(++done, files.length);
    }
  });
  return { fingerprints, unheard: unheard.sort((a, b) => a.file < b.file ? -1 : 1) };
}
