import { fileURLToPath } from "node:url";

/** What a task printed and how it ended. */
export interface TaskResult {
  /** Exit code. */
  readonly code: number;
  /** Standard output. */
  readonly out: string;
  /** Lines of standard error. */
  readonly err: string[];
}

/** Tasks whose permission set has their own name; the others share that of `run`. */
const OWN_PERMISSIONS = new Set(["predict", "train"]);

/** A task as `deno task` would start it, with the permission set that deno.json gives it. */
export function taskCommand(
  task: string,
  args: readonly string[],
  options: Deno.CommandOptions = {},
): Deno.Command {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const permissions = OWN_PERMISSIONS.has(task) ? task : "run";
  return new Deno.Command(Deno.execPath(), {
    ...options,
    args: ["run", "--no-prompt", "-q", `-P=${permissions}`, `tasks/${task}.ts`, ...args],
    cwd: root,
    env: { NO_COLOR: "1", INIT_CWD: root },
  });
}

/** Runs a task to its end. */
export async function runTask(task: string, ...args: string[]): Promise<TaskResult> {
  const { code, stdout, stderr } = await taskCommand(task, args).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return {
    code,
    out: decode(stdout),
    err: decode(stderr).split("\n").filter((line) => line !== ""),
  };
}
