import { basename, extname, join } from "node:path";
import { Option } from "commander";
import { MEDIA_EXTENSIONS } from "../../src/corpus/scan.ts";
import type { Decoder } from "../../src/media/decoder.ts";
import { enrolClips } from "../../src/predict/enrol_clips.ts";
import type { ClipFile } from "../../src/predict/clip_file.ts";
import type { Enrolment } from "../../src/recognize/enrol/enrolment.ts";
import { InputError } from "../../src/recognize/input_error.ts";
import type { Recognizer } from "../../src/recognize/recognizer.ts";
import { writeFileAtomically } from "../../src/runtime/write_file_atomically.ts";
import { listOf, parsed, UsageError } from "../command.ts";
import { namingFlag } from "../flags/naming_flag.ts";
import { resolvePath } from "../paths.ts";
import { checkWritable } from "./check_writable.ts";
import { withLandmarks } from "./landmarks.ts";

/** What the two flags say. */
export interface EnrolFlags {
  /** Folders and files, as they were typed. */
  readonly enrol?: readonly string[];
  /** A file, as it was typed. */
  readonly enrolment?: string;
  /** Landmark files of the recordings, as it was typed. */
  readonly landmarks?: string;
}

/** Recordings of the person in the clips. */
export function enrolFlag(): Option {
  return parsed(
    "--enrol <paths>",
    "recordings of the person in the clips, without labels: a folder, or files between commas",
    listOf(() => {}),
  );
}

/** What is known of the person in the clips. */
export function enrolmentFlag(): Option {
  return new Option(
    "--enrolment <file>",
    "read what is known of the person in the clips; with --enrol write it (JSON)",
  );
}

/**
 * What is known of the person in the clips: by `--enrol`, or read from `--enrolment`; undefined without them.
 *
 * @throws {UsageError} If a file or folder cannot be read or written, or there is no clip in it.
 * @throws {InputError} If the enrolment is none, or is not of this bundle; or none of the clips can be used.
 */
export async function readEnrolment(
  { enrol, enrolment, landmarks }: EnrolFlags,
  recognizer: Recognizer,
  decoder: Decoder,
  seconds: number | undefined,
): Promise<Enrolment | undefined> {
  const file = enrolment === undefined ? undefined : resolvePath(enrolment);
  if (enrol === undefined) {
    if (file === undefined) return undefined;
    const named = { flag: "--enrolment", value: enrolment! };
    const text = await namingFlag(named, "cannot be read", () => Deno.readTextFile(file));
    try {
      return recognizer.checkEnrolment(JSON.parse(text));
    } catch (error) {
      if (error instanceof SyntaxError) {
        throw new UsageError(`--enrolment ${enrolment} is not JSON: ${error.message}`);
      }
      if (!(error instanceof InputError)) throw error;
      throw new InputError(`--enrolment ${enrolment}: ${error.message}`, { cause: error });
    }
  }
  if (file !== undefined) await checkWritable(file, { flag: "--enrolment", value: enrolment! });
  const clips = await withLandmarks((await Promise.all(enrol.map(clipsIn))).flat(), { landmarks });
  const made = await enrolClips(recognizer, decoder, clips, {
    seconds,
    onSkipped: (name, reason) => console.error(`not enrolled by ${name}: ${reason}`),
  });
  if (file !== undefined) await writeFileAtomically(file, `${JSON.stringify(made)}\n`);
  return made;
}

/** A file as it is, or the media files of a folder. */
async function clipsIn(path: string): Promise<ClipFile[]> {
  const absolute = resolvePath(path);
  return await namingFlag({ flag: "--enrol", value: path }, "cannot be read", async () => {
    if (!(await Deno.stat(absolute)).isDirectory) return [{ file: path, path: absolute }];
    const names = (await Array.fromAsync(Deno.readDir(absolute)))
      .filter(({ name, isDirectory }) =>
        !isDirectory && !basename(name).startsWith(".") &&
        MEDIA_EXTENSIONS.has(extname(name).toLowerCase())
      )
      .map(({ name }) => name)
      .sort();
    if (names.length === 0) throw new UsageError(`--enrol ${path} has no media file`);
    return names.map((name) => ({ file: join(path, name), path: join(absolute, name) }));
  });
}
