import { Argument } from "commander";
import type { OpenPlan } from "../../src/plan/plan.ts";
import { readPlan } from "../../src/plan/plan.ts";
import { resolvePath } from "../paths.ts";

/** The folder of a plan, as an argument. */
export function planArgument(): Argument {
  return new Argument("<plan>", "folder of a plan, that deno task plan made");
}

/**
 * The plan in the folder of {@linkcode planArgument}.
 *
 * @throws {PlanError} If there is none.
 */
export async function openPlan([folder]: readonly string[]): Promise<OpenPlan> {
  return await readPlan(resolvePath(folder));
}
