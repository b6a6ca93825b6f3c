import { InvalidArgumentError } from "commander";
import type { GroupBy } from "../../src/corpus/group_values.ts";

/** Reads attributes with their cuts: `sex,age:30,45,60` is sex, and age cut at 30, 45 and 60. */
export function parseGroups(text: string): GroupBy[] {
  const groups: { attribute: string; cuts?: number[] }[] = [];
  for (const part of text.split(",").map((part) => part.trim())) {
    const last = groups.at(-1);
    if (last?.cuts && isNumber(part)) {
      last.cuts.push(Number(part));
      continue;
    }
    const [attribute, cut, ...more] = part.split(":");
    if (attribute === "" || more.length > 0 || (cut !== undefined && !isNumber(cut))) {
      throw new InvalidArgumentError(
        `"${part}" is no attribute. Allowed: such as sex,age:30,45,60.`,
      );
    }
    groups.push(cut === undefined ? { attribute } : { attribute, cuts: [Number(cut)] });
  }
  const unsorted = groups.find(({ cuts = [] }) =>
    cuts.some((cut, i) => i > 0 && cut <= cuts[i - 1])
  );
  if (unsorted) {
    throw new InvalidArgumentError(
      `the cuts of ${unsorted.attribute} must ascend, as in age:30,45,60.`,
    );
  }
  const twice = groups.find(({ attribute }, i) =>
    groups.findIndex((other) => other.attribute === attribute) < i
  );
  if (twice) throw new InvalidArgumentError(`${twice.attribute} stands there twice.`);
  return groups;
}

function isNumber(text: string): boolean {
  return text !== "" && Number.isFinite(Number(text));
}
