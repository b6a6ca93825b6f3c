import { checkOption } from "./check_option.ts";

/**
 * What stands beyond the ends of a sequence a b c d: `"constant"` 0 0 | a b c d | 0 0, `"reflect"`
 * (also called mirror) c b | a b c d | c b, `"edge"` (also called nearest) a a | a b c d | d d,
 * `"wrap"` c d | a b c d | a b. A sequence shorter than its extension is reflected or wrapped again.
 */
export type Extension = "constant" | "reflect" | "edge" | "wrap";

/** The numbers by which the core knows them; dsp-as/dsp/extend.ts. */
const NUMBERS: Readonly<Record<Extension, number>> = { constant: 0, reflect: 1, edge: 2, wrap: 3 };

/**
 * The core's number of the extension that the option `padMode` names.
 *
 * @throws {AudioOptionError} If there is no such extension.
 */
export function extensionNumber(padMode: Extension): number {
  const allowed = Object.keys(NUMBERS).map((name) => `"${name}"`).join(", ");
  checkOption("padMode", padMode, Object.hasOwn(NUMBERS, padMode), `one of ${allowed}`);
  return NUMBERS[padMode];
}
