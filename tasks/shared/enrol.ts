import { readFile, stat } from "node:fs/promises";
import { Option } from "commander";
import type { Decoder } from "../../src/media/decoder.ts";
import { enrolClips } from "../../src/predict/enrol_clips.ts";
import { findClips } from "../../src/predict/find_clips.ts";
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
 * @throws {UsageError} If the file of the enrolment cannot be read or written.
 * @throws {CorpusError} If there is no clip in a folder.
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
    const text = await namingFlag(named, "cannot be read", () => readFile(file, "utf8"));
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
  if (landmarks !== undefined && (await stat(resolvePath(landmarks))).isFile()) {
    throw new UsageError(
      `--landmarks ${landmarks} is of one clip, and --enrol names others; allowed: a folder of both`,
    );
  }
  const clips = await withLandmarks(await findClips(enrol, resolvePath(".")), { landmarks });
  const onSkipped = (name: string, reason: string) =>
    console.error(`not enrolled by ${name}: ${reason}`);
  let made: Enrolment;
  try {
    made = await enrolClips(recognizer, decoder, clips, { seconds, onSkipped });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`--enrol ${enrol.join(",")}: ${error.message}`, { cause: error });
  }
  if (file !== undefined) await writeFileAtomically(file, `${JSON.stringify(made)}\n`);
  return made;
}
