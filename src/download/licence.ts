import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "../runtime/files/file_problem.ts";
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

/** What is kept of the acceptance, beside the data. */
interface Acceptance extends Licence {
  readonly schema: "emofuse.licence/1";
  /** When it was accepted, in ISO 8601. */
  readonly accepted: string;
}

/** The file in a corpus's folder that holds its licence. */
export const LICENCE_FILE = "licence.json";

/** Whether these very terms were accepted for the folder. */
export async function isAccepted(root: string, { title, terms }: Licence): Promise<boolean> {
  try {
    const known: Acceptance = JSON.parse(await readFile(join(root, LICENCE_FILE), "utf8"));
    return known.title === title && known.terms === terms && known.accepted !== undefined;
  } catch (error) {
    if (error instanceof SyntaxError || isMissing(error)) return false;
    throw error;
  }
}

/** Notes beside the data that its terms were accepted. */
export async function recordAcceptance(root: string, licence: Licence): Promise<void> {
  const acceptance: Acceptance = {
    schema: "emofuse.licence/1",
    ...licence,
    accepted: new Date().toISOString(),
  };
  await writeFileAtomically(
    join(root, LICENCE_FILE),
    `${JSON.stringify(acceptance, null, 2)}\n`,
  );
}
