/** What a value must be. */
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isTextOrNull: Check = (value) => value === null || isText(value);
const isNumber: Check = (value) => typeof value === "number" && value >= 0;
const isCount: Check = (value) => Number.isSafeInteger(value) && isNumber(value);

/** From a whole number to one that is greater. */
const isRange: Check = (value) =>
  Array.isArray(value) && value.length === 2 && value.every(isCount) && value[0] < value[1];

/** An object with these parts; what else it has does not matter. */
const has = (parts: Readonly<Record<string, Check>>): Check => (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) &&
  Object.entries(parts).every(([name, check]) => check((value as Record<string, unknown>)[name]));

/** A list of at least one shard, each with its number and these parts. */
const shards = (parts: Readonly<Record<string, Check>>): Check => (value) =>
  Array.isArray(value) && value.length > 0 &&
  value.every((shard, i) => has({ ...parts, shard: (number) => number === i })(shard));

/** The parts of a plan. */
const PARTS: Readonly<Record<string, Check>> = {
  code: has({ version: isText, sha256: isText, runtime: isText }),
  config: has({ recipes: Array.isArray, protocol: isText, modality: isText, filter: has({}) }),
  places: has({ data: isText }),
  weights: isTextOrNull,
  ear: isTextOrNull,
  samples: has({ count: isCount, seconds: isNumber, sha256: isText }),
  extract: shards({ first: isCount, samples: isCount, seconds: isNumber, bytes: isRange }),
  folds: shards({ fold: isText, recipe: isText, plans: isRange }),
};

/** Name of the first part of a plan that is missing or not as it must be; undefined where all are. */
export function malformedPart(plan: object): string | undefined {
  const parts = plan as Readonly<Record<string, unknown>>;
  return Object.entries(PARTS).find(([name, check]) => !check(parts[name]))?.[0];
}
