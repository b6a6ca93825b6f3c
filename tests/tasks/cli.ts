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

/** Runs a task as `deno task` does, with the permission set that deno.json gives it. */
export async function runTask(task: string, ...args: string[]): Promise<TaskResult> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-q", "-P=run", `tasks/${task}.ts`, ...args],
    cwd: root,
    env: { NO_COLOR: "1", INIT_CWD: root },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return {
    code,
    out: decode(stdout),
    err: decode(stderr).split("\n").filter((line) => line !== ""),
  };
}
