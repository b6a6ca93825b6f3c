import { AudioOptionError } from "./errors.ts";

/**
 * Makes sure that the value of an option is `valid`.
 *
 * @throws {AudioOptionError} If it is not; the message says what is `allowed`.
 */
export function checkOption(option: string, value: unknown, valid: boolean, allowed: string): void {
  if (!valid) throw new AudioOptionError(option, value, allowed);
}

/**
 * Makes sure that the value of an option is a whole number from `low` to `high`.
 *
 * @throws {AudioOptionError} If it is not.
 */
export function checkInteger(option: string, value: number, low: number, high: number): void {
  const valid = Number.isInteger(value) && value >= low && value <= high;
  checkOption(option, value, valid, `a whole number from ${low} to ${high}`);
}

/**
 * Makes sure that the value of an option is `true` or `false`.
 *
 * @throws {AudioOptionError} If it is not.
 */
export function checkBoolean(option: string, value: boolean): void {
  checkOption(option, value, typeof value === "boolean", "true or false");
}

/**
 * Makes sure that the value of an option is a number from which `valid` holds; NaN is none.
 *
 * @throws {AudioOptionError} If it is not.
 */
export function checkNumber(option: string, value: number, valid: boolean, allowed: string): void {
  const isNumber = typeof value === "number" && !Number.isNaN(value);
  checkOption(option, value, isNumber && valid, `a number, ${allowed}`);
}
