import { parse } from "content-type";
import { Problem } from "./problem.ts";

/** A media type and its parameters. */
export interface MediaType {
  /** Type and subtype in lower case; empty where none is given. */
  readonly type: string;
  /** Parameters, names in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** `type/subtype`, both tokens of RFC 9110. */
const TYPE = /^[!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+$/;

/**
 * Reads a `Content-Type` header; one that is absent gives an empty type.
 *
 * @example
 * ```ts
 * import { mediaType } from "./media_type.ts";
 * import assert from "node:assert/strict";
 *
 * const { type, parameters } = mediaType("Audio/L16; rate=16000");
 * assert.equal(type, "audio/l16");
 * assert.equal(parameters.rate, "16000");
 * ```
 *
 * @throws {Problem} 415 if it is no media type.
 */
export function mediaType(header: string | null | undefined): MediaType {
  if (header === null || header === undefined || header.trim() === "") {
    return { type: "", parameters: {} };
  }
  const { type, parameters } = parse(header);
  const lower = type.trim().toLowerCase();
  if (!TYPE.test(lower)) throw new Problem(415, "Content-Type is not a media type");
  return { type: lower, parameters: { ...parameters } };
}

/**
 * A parameter that is a number above 0.
 *
 * @throws {Problem} 422 if it is missing, without a `fallback`, or something else.
 */
export function numberParameter(
  { type, parameters }: MediaType,
  name: string,
  fallback?: number,
): number {
  const text = parameters[name];
  if (text === undefined && fallback !== undefined) return fallback;
  const value = Number(text);
  if (text === undefined || text.trim() === "" || !(value > 0) || !Number.isFinite(value)) {
    throw new Problem(
      422,
      `${type} needs the parameter ${name}, a number above 0, as in "${type}; ${name}=…"`,
    );
  }
  return value;
}
