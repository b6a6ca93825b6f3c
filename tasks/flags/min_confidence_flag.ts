import type { Option } from "commander";
import { parsed, share } from "../command.ts";

/** Below which probability the label is `uncertain`. */
export function minConfidenceFlag(
  text = "below this probability the label is uncertain (default: what the card states)",
): Option {
  return parsed("--min-confidence <p>", text, share);
}
