/**
 * What the system or Deno refused, in a few words for people: without Deno's advice to grant more
 * permissions, which does not help here.
 *
 * @example
 * ```ts
 * import { describeFailure } from "./describe_failure.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(describeFailure(new Deno.errors.NotCapable("Requires all access")), "access is not allowed");
 * assert.equal(describeFailure(new Error("the disk is full")), "the disk is full");
 * assert.match(describeFailure(new Deno.errors.NotFound("os error 2")), /no such file/);
 * ```
 */
export function describeFailure(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.PermissionDenied) {
    return "access is not allowed";
  }
  if (error instanceof Deno.errors.NotFound) return "there is no such file or folder";
  if (error instanceof Deno.errors.AlreadyExists) return "a file of that name is in its place";
  if (error instanceof Deno.errors.NotADirectory) return "part of its path is a file and no folder";
  return error instanceof Error ? error.message : String(error);
}

/** Whether the system refused something (no space, no access, no such folder): no defect of Emofuse. */
export function isSystemFailure(error: unknown): error is Error {
  return error instanceof Error && (
    error instanceof Deno.errors.NotCapable ||
    ("code" in error && /^E[A-Z0-9]+$/.test(String(error.code)))
  );
}
