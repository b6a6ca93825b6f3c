import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };

/** The project's folder, in which `deno task` starts every task. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A task of deno.json. */
export type TaskName = keyof typeof config.tasks;

/** Every task of deno.json. */
export const TASKS = Object.keys(config.tasks) as TaskName[];

/** What a task printed and how it ended. */
export interface TaskResult {
  /** Exit code. */
  readonly code: number;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly said: string;
  /** Its lines. */
  readonly err: string[];
}

/** How a task is called. */
export interface TaskOptions extends Pick<Deno.CommandOptions, "stdout" | "stderr"> {
  /** The folder that the caller is in. Default: the project's. */
  readonly from?: string;
  /** Variables that are set beside those of {@linkcode newcomersEnv}. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * What the environment of the tests may hold that a task's has too: where programs and files are, and what a
 * machine needs to reach npm. Whatever else is set here, such as NO_COLOR, is set for few users.
 */
const KEPT = ["PATH", "HOME", "DENO_DIR", "TMPDIR", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"];

/** The environment of somebody who has set nothing. */
export function newcomersEnv(): Record<string, string> {
  return Object.fromEntries(KEPT.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  }));
}

/** The arguments with which `deno task` starts Deno for a task, but for those that follow them. */
export function taskArgs(task: TaskName): string[] {
  return partsOf(task).args;
}

/** The variables that `deno task` sets for a task. */
export function taskEnv(task: TaskName): Record<string, string> {
  return Object.fromEntries(partsOf(task).set.map((text) => text.split("=")));
}

/** A task's command: variables that are set before it, and what follows `deno`. */
function partsOf(task: TaskName): { set: string[]; args: string[] } {
  const words = config.tasks[task].command.split(" ");
  const at = words.indexOf("deno");
  const set = words.slice(0, at);
  if (at < 0 || !set.every((text) => /^[A-Z_]+=[^=]*$/.test(text))) {
    throw new Error(`the task ${task} of deno.json does not start deno`);
  }
  return { set, args: words.slice(at + 1) };
}

/** A task as `deno task` would start it, after what it depends on. */
export function taskCommand(
  task: TaskName,
  args: readonly string[],
  { from = ROOT, env = {}, ...streams }: TaskOptions = {},
): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    ...streams,
    args: [...taskArgs(task), ...args],
    cwd: ROOT,
    clearEnv: true,
    env: { ...newcomersEnv(), ...taskEnv(task), INIT_CWD: from, ...env },
    stdin: "null",
  });
}

/** Runs a task to its end. */
export async function callTask(
  task: TaskName,
  args: readonly string[],
  options: TaskOptions = {},
): Promise<TaskResult> {
  const { code, stdout, stderr } = await taskCommand(task, args, options).output();
  const [out, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, said, err: said.split("\n").filter((line) => line !== "") };
}

/** Runs a task to its end, called from the project's folder. */
export function runTask(task: TaskName, ...args: string[]): Promise<TaskResult> {
  return callTask(task, args);
}
