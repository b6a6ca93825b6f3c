import { fileURLToPath } from "node:url";

/**
 * Starts Deno, with the terminal or the pipes of this process, and waits for it.
 *
 * @param args Its arguments.
 * @returns Its exit code.
 */
export async function runDeno(args: readonly string[]): Promise<number> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  });
  return (await command.spawn().status).code;
}
