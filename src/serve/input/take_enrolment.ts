import type { Enrolment } from "../../recognize/enrol/enrolment.ts";
import { Problem } from "../problem.ts";
import type { Upload } from "../upload.ts";

/** Most bytes of an enrolment: far above what any model knows a person by. */
const MOST_BYTES = 2 ** 20;

/** Most objects and arrays that an enrolment is written with. */
const MOST_CONTAINERS = 8;

/** An upload, and the enrolment that came with it. */
export interface EnrolledUpload {
  /** What is left: the clip. */
  readonly upload: Upload;
  /** JSON, which the recogniser has not seen yet. */
  readonly enrolment?: Enrolment;
}

/**
 * Takes the field `enrolment` out of a form.
 *
 * @throws {Problem} 400 if it is not JSON, 413 if it is larger than any enrolment, 422 if there are two or it
 * holds more than one.
 */
export function takeEnrolment({ parts }: Upload): EnrolledUpload {
  const [field, second] = parts.filter(({ name }) => name === "enrolment");
  if (field === undefined) return { upload: { parts } };
  if (second !== undefined) throw new Problem(422, "the form has enrolment more than once");
  const { bytes } = field;
  if (bytes.length > MOST_BYTES) {
    throw new Problem(413, `the enrolment has ${bytes.length} bytes; allowed: ${MOST_BYTES}`);
  }
  let text: string, enrolment: Enrolment;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Problem(400, "the enrolment is not UTF-8", { cause: error });
  }
  // Brackets within brackets cost far more memory than bytes.
  if (text.replace(/[^[{]/g, "").length > MOST_CONTAINERS) {
    throw new Problem(422, "the enrolment holds more objects and arrays than any");
  }
  try {
    enrolment = JSON.parse(text);
  } catch (error) {
    throw new Problem(400, "the enrolment is not JSON", { cause: error });
  }
  return { upload: { parts: parts.filter((part) => part !== field) }, enrolment };
}
