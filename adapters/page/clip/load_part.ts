import { PageError } from "../page_error.ts";

/** What decodes clips that the browser cannot play, in words. */
export const FOREIGN_DECODER = "A decoder for this clip, which this browser cannot play,";

/**
 * Loads a part of the page that is not needed at first.
 *
 * @param part What it is, in words.
 * @param load Imports it.
 * @throws {PageError} If it cannot be loaded.
 */
export async function loadPart<Part>(part: string, load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    throw new PageError(`${part} cannot be loaded: is the server there?`, { cause });
  }
}
