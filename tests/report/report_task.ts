import { fileURLToPath } from "node:url";

/** Runs a task with the permissions that deno.json gives to reports. */
export async function reportTask(
  task: string,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-q", "-P=report", `tasks/${task}.ts`, ...args],
    cwd: root,
    env: { NO_COLOR: "1", INIT_CWD: root },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: decode(stdout), err: decode(stderr) };
}
