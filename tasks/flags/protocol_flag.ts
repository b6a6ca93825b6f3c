import { InvalidArgumentError, type Option } from "commander";
import { findProtocol, PROTOCOL_NAMES } from "../../src/split/protocols/registry.ts";
import { choice } from "../command.ts";

/**
 * The flag `--protocol`. A protocol's other name gives its own, so that results do not depend on which of
 * the two was typed.
 *
 * @param names The names that are allowed: of protocols, and what the task itself understands.
 */
export function protocolFlag(description: string, names: readonly string[]): Option {
  return choice("--protocol <name>", description, names).argParser((text: string) => {
    if (!names.includes(text)) {
      throw new InvalidArgumentError(`Allowed choices are ${names.join(", ")}.`);
    }
    return protocolName(text);
  });
}

/** A protocol's own name for its other one; anything else as it is. */
export function protocolName(name: string): string {
  return PROTOCOL_NAMES.includes(name) ? findProtocol(name).name : name;
}
