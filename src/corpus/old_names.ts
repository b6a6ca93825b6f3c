/**
 * What a corpus's results called a field before there was any other corpus. The fields of that time stay
 * in what is written, beside the general ones, for those who read them.
 */
export interface OldNames {
  /** Old name of each general field. */
  readonly fields: Readonly<Record<string, string>>;
  /** The value of an old field, made of the general one's. */
  readonly toOld: (field: string, value: unknown) => unknown;
  /** The value of a general field, made of the old one's. */
  readonly toNew: (field: string, value: unknown) => unknown;
}

/**
 * Fields as they are written: with those that a corpus has under an old name too.
 *
 * @param old The corpus's old names; left out, it has none.
 *
 * @example
 * ```ts
 * import { withOldNames } from "./old_names.ts";
 * import assert from "node:assert/strict";
 *
 * const old = { fields: { speaker: "singer" }, toOld: (_: string, v: unknown) => v, toNew: String };
 * assert.deepEqual(withOldNames({ speaker: "1", n: 2 }, old), { singer: "1", speaker: "1", n: 2 });
 * ```
 */
export function withOldNames<T extends object>(fields: T, old: OldNames | undefined): T {
  if (!old) return fields;
  const given = Object.entries(fields).flatMap(([field, value]) =>
    Object.hasOwn(old.fields, field) ? [[old.fields[field], old.toOld(field, value)]] : []
  );
  return Object.assign(Object.fromEntries(given), fields);
}

/** Fields as they are read: those that a file of an older version lacks are made of its old ones. */
export function withNewNames(fields: object, old: OldNames): Record<string, unknown> {
  const read: Record<string, unknown> = { ...fields };
  for (const [field, name] of Object.entries(old.fields)) {
    if (!(field in read) && name in read) read[field] = old.toNew(field, read[name]);
  }
  return read;
}
