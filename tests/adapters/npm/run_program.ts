/** What a program printed and how it ended. */
export interface ProgramResult {
  /** Exit code. */
  readonly code: number;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly err: string;
}

/**
 * Runs a program in a folder, with nothing set but where programs and the home are.
 *
 * @param program Its name or path.
 * @param env Further variables.
 */
export async function runProgram(
  folder: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ProgramResult> {
  const command = new Deno.Command(program, {
    args: [...args],
    cwd: folder,
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH") ?? "", HOME: folder, ...env },
    stdin: "null",
  });
  const { code, stdout, stderr } = await command.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, err };
}

/** Runs Node in a folder. */
export function runNode(folder: string, ...args: string[]): Promise<ProgramResult> {
  return runProgram(folder, "node", args);
}
