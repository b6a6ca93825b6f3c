import { fileURLToPath } from "node:url";
import { WorkerdError } from "./workerd_error.ts";

/**
 * The path of the program workerd, in the version that adapters/workerd/deno.lock names. The first call
 * on a machine installs it from npm (160 MB).
 *
 * @throws {WorkerdError} If it cannot be installed, or there is none for this machine.
 */
export async function installWorkerd(): Promise<string> {
  const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", "--frozen", "--config", here("deno.json"), here("print_path.ts")],
    env: { NO_COLOR: "1" },
  });
  const { success, stdout, stderr } = await command.output();
  if (!success) {
    const said = new TextDecoder().decode(stderr).trim().split("\n");
    const why = said.find((line) => /^error|Error:/.test(line)) ?? said.at(-1);
    throw new WorkerdError(`workerd cannot be installed from npm: ${why}`);
  }
  return new TextDecoder().decode(stdout).trim();
}
