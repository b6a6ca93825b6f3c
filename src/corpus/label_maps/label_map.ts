/** Other labels for those of a corpus. */
export interface LabelMap {
  /** Its name: of a built-in map, or of the file that it was read from. */
  readonly name: string;
  /** The new label of each old one; labels that are left out are left out of the run. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A label map that cannot be used; the message says what is wrong with it. */
export class LabelMapError extends Error {
  /** The error's class, for logs. */
  override readonly name = "LabelMapError";
}

/**
 * Reads a label map of a user's own: `{"angry": "negative", "happy": "positive"}`.
 *
 * @param text Content of the file.
 * @param name Its name.
 *
 * @throws {LabelMapError} If it is anything else, or is empty.
 *
 * @example
 * ```ts
 * import { parseLabelMap } from "./label_map.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(parseLabelMap('{"angry": "negative"}', "mine.json").labels.angry, "negative");
 * assert.throws(() => parseLabelMap('{"angry": 1}', "mine.json"), /mine.json: "angry" leads to 1/);
 * ```
 */
export function parseLabelMap(text: string, name: string): LabelMap {
  const fail = (reason: string): never => {
    throw new LabelMapError(`${name}: ${reason}`);
  };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return fail(`is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    return fail('needs {"label": "other label", ...}');
  }
  const labels: Record<string, string> = {};
  for (const [from, to] of Object.entries(content)) {
    if (typeof to !== "string" || to.trim() === "") {
      return fail(`"${from}" leads to ${JSON.stringify(to)}, which is no label`);
    }
    labels[from] = to;
  }
  if (Object.keys(labels).length === 0) return fail("maps no label");
  return { name, labels };
}
