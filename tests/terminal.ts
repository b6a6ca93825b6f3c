/** What a program wrote to a terminal and how it ended. */
export interface TerminalResult {
  /** Exit code. */
  readonly code: number;
  /** All that it wrote, with the terminal's control codes. */
  readonly text: string;
}

/** The terminal and its user. */
export interface TerminalOptions {
  /** Width of the terminal in characters. */
  readonly columns: number;
  /** The whole environment of the program, but for TERM. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder that it is started in. */
  readonly cwd: string;
  /**
   * What the user types, and what the program must have written before.
   *
   * @default {nobody is at the keyboard}
   */
  readonly typed?: { readonly after: RegExp; readonly text: string };
}

/**
 * Runs a program in a terminal of its own, by util-linux's `script`. A program
 * for which Deno asks the user for a permission is ended.
 */
export async function runInTerminal(
  program: string,
  args: readonly string[],
  { columns, env, cwd, typed }: TerminalOptions,
): Promise<TerminalResult> {
  const line = [program, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const script = new Deno.Command("script", {
    args: ["--quiet", "--return", "--command", `stty cols ${columns}; exec ${line}`, "/dev/null"],
    ...{ cwd, clearEnv: true, env: { ...env, TERM: "xterm-256color" } },
    ...{ stdin: typed ? "piped" : "null", stdout: "piped", stderr: "null" },
  }).spawn();
  const keyboard = typed && script.stdin.getWriter();
  let text = "";
  let isTyped = false;
  for await (const part of script.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (/Deno requests/.test(text)) script.kill();
    if (isTyped || !typed?.after.test(text)) continue;
    isTyped = true;
    await keyboard?.write(new TextEncoder().encode(typed.text));
  }
  await keyboard?.close().catch(() => {});
  return { code: (await script.status).code, text };
}
