import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "../runtime/files/file_problem.ts";
import { OccupiedError } from "./ledger.ts";
import { writeFileAtomically } from "../runtime/write_file_atomically.ts";

/** The terms of a corpus, as its authors publish them. */
export interface Licence {
  /** What is licensed. */
  readonly title: string;
  /** Name or text of the licence. */
  readonly terms: string;
  /** The page where it is published. */
  readonly page: string;
}

/** Name and version of that file's layout. */
const SCHEMA = "emofuse.licence/1";

/** What is kept of the acceptance, beside the data. */
interface Acceptance extends Licence {
  readonly schema: typeof SCHEMA;
  /** When it was accepted, in ISO 8601. */
  readonly accepted: string;
}

/** The file in a corpus's folder that holds its licence. */
export const LICENCE_FILE = "licence.json";

/** Whether these very terms were accepted for the folder. */
export async function isAccepted(root: string, { title, terms }: Licence): Promise<boolean> {
  const known = await readAcceptance(root);
  return known?.title === title && known.terms === terms && known.accepted !== undefined;
}

/**
 * Notes beside the data that its terms were accepted.
 *
 * @throws {OccupiedError} If a file of that name is there which this program did not write.
 */
export async function recordAcceptance(root: string, licence: Licence): Promise<void> {
  const known = await readAcceptance(root);
  if (known !== undefined && known?.schema !== SCHEMA) {
    throw new OccupiedError(join(root, LICENCE_FILE));
  }
  const acceptance: Acceptance = { schema: SCHEMA, ...licence, accepted: new Date().toISOString() };
  await writeFileAtomically(
    join(root, LICENCE_FILE),
    `${JSON.stringify(acceptance, null, 2)}\n`,
  );
}

/** What the folder's file says, be it anybody's; undefined where there is none, null where it is no JSON. */
async function readAcceptance(root: string): Promise<Partial<Acceptance> | null | undefined> {
  try {
    return JSON.parse(await readFile(join(root, LICENCE_FILE), "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    if (isMissing(error)) return undefined;
    throw error;
  }
}
