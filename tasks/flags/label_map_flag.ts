import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Option } from "commander";
import { FlagValueError } from "../../src/corpus/parse/flag_value_error.ts";
import {
  type LabelMap,
  LabelMapError,
  parseLabelMap,
} from "../../src/corpus/label_maps/label_map.ts";
import { LABEL_MAPS } from "../../src/corpus/label_maps/registry.ts";
import { describeFailure, isSystemFailure } from "../../src/runtime/describe_failure.ts";
import { parsed, UsageError } from "../command.ts";
import { resolvePath } from "../paths.ts";

const NAMES = LABEL_MAPS.map(({ name }) => name);

/** The flag that gives clips other labels. */
export function labelMapFlag(): Option {
  return parsed(
    "--label-map <map>",
    `other labels: ${
      NAMES.join(", ")
    }, or a FILE.json {"from": "to"}; labels that it lacks are left out`,
    (text) => {
      if (NAMES.includes(text) || /.\.json$/i.test(text)) return text;
      throw new FlagValueError(text, "a label map", `${NAMES.join(", ")}, or a FILE.json`);
    },
  );
}

/**
 * The label map that `--label-map` names, or undefined where it does not.
 *
 * @throws {UsageError} If its file cannot be read or is none.
 */
export function readLabelMap({ labelMap }: { readonly labelMap?: string }): LabelMap | undefined {
  if (labelMap === undefined) return undefined;
  const known = LABEL_MAPS.find(({ name }) => name === labelMap);
  if (known) return known;
  try {
    return parseLabelMap(readFileSync(resolvePath(labelMap), "utf8"), basename(labelMap));
  } catch (error) {
    if (error instanceof LabelMapError) throw new UsageError(`--label-map ${error.message}`);
    if (!isSystemFailure(error)) throw error;
    throw new UsageError(`--label-map ${labelMap} cannot be read: ${describeFailure(error)}`);
  }
}
