/** The program, wherever it is on the path. */
const NODE = "node";

/** A Node server that runs. */
export interface RunningNode {
  /** Where it listens. */
  readonly url: string;
  /** Sends it a signal. */
  kill(signal: Deno.Signal): void;
  /** Asks it to stop and waits: its exit code, and what it wrote to standard error. */
  stop(): Promise<{ code: number; said: string }>;
}

/** What else Node is started with. */
export interface NodeOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Flags besides those of the model and the port. */
  readonly flags?: readonly string[];
}

/** Starts `server.js` of a folder that `deno task bundle` wrote, on a free port. */
export async function startNode(
  folder: string,
  model: string,
  { env = {}, flags = [] }: NodeOptions = {},
): Promise<RunningNode> {
  const process = new Deno.Command(NODE, {
    args: ["server.js", "--model", model, "--port", "0", ...flags],
    cwd: folder,
    env,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const said = process.stderr.text();
  const lines = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await lines.read();
    if (done) throw new Error(`Node ended: ${await said}`);
    text += value;
  }
  const url = text.match(/^listening on (http:\S+)\n/)?.[1];
  return {
    url: url ?? "",
    kill: (signal) => process.kill(signal),
    async stop() {
      process.kill("SIGTERM");
      const { code } = await process.status;
      await lines.cancel();
      return { code, said: await said };
    },
  };
}
