import { hostName } from "./host_name.ts";

/**
 * What tells whether a name is among `names`: `emofuse.example`, `*.emofuse.example` for the names below
 * it, `*` for every name.
 *
 * @example
 * ```ts
 * import { nameRule } from "./name_rule.ts";
 * import assert from "node:assert/strict";
 *
 * const isAllowed = nameRule(["emofuse.example", "*.lab.example"]);
 * assert.ok(isAllowed("emofuse.example") && isAllowed("a.b.lab.example"));
 * assert.ok(!isAllowed("lab.example") && !isAllowed("www.emofuse.example"));
 * ```
 *
 * @throws {RangeError} If one of them is no such name.
 */
export function nameRule(names: readonly string[]): (name: string) => boolean {
  const exact = new Set<string>(), ends: string[] = [];
  let any = false;
  for (const entry of names) {
    const isBelow = entry.startsWith("*.");
    const bare = isBelow ? entry.slice(2) : entry;
    const name = /[*:]/.test(bare) ? undefined : hostName(bare);
    if (entry === "*") any = true;
    else if (name === undefined) {
      throw new RangeError(
        `${JSON.stringify(entry)} is no name of a host; allowed: names without a port, as in ` +
          "emofuse.example or *.emofuse.example, or * for every name",
      );
    } else if (isBelow) ends.push(`.${name}`);
    else exact.add(name);
  }
  return (name) => any || exact.has(name) || ends.some((end) => name.endsWith(end));
}
