import { fileURLToPath } from "node:url";
import { BenchError, type Contender, LIBROSA, TEXTBOOK } from "./contender.ts";
import { SAMPLE_RATE } from "./signals.ts";

/** Libraries that NumPy may compute with, each told to use one thread. */
const ONE_THREAD = [
  "OMP_NUM_THREADS",
  "OPENBLAS_NUM_THREADS",
  "MKL_NUM_THREADS",
  "NUMBA_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
];

/**
 * librosa and python_speech_features in the Python at `path`, which runs beside this process and
 * measures its own time: what is sent to and fro is not counted.
 *
 * @throws {BenchError} If that Python does not start or lacks one of them.
 */
export async function pythonPeers(
  path: string,
  signals: readonly Float32Array<ArrayBuffer>[],
): Promise<Contender[]> {
  const python = startPython(path);
  const { versions } = await python.ask({
    rate: SAMPLE_RATE,
    signals: signals.map((signal) => new Uint8Array(signal.buffer).toBase64()),
  }) as { versions: Record<string, string> };
  const peer = (name: string) => ({
    name: `${name} ${versions[name]}`,
    differs: "",
    tolerance: 2e-3,
    compute: async (signal: number) => {
      const { data } = await python.ask({ compute: name, signal }) as { data: string };
      return new Float32Array(Uint8Array.fromBase64(data).buffer);
    },
    time: async (calls: number) => (await python.ask({ time: name, calls }) as { ms: number }).ms,
    close: python.close,
  });
  return [
    { ...peer("librosa"), options: LIBROSA },
    { ...peer("python_speech_features"), options: TEXTBOOK },
  ];
}

/** A Python that answers one line of JSON to each. */
function startPython(path: string) {
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(path, {
      args: [fileURLToPath(new URL("./dsp_peers.py", import.meta.url))],
      env: Object.fromEntries(ONE_THREAD.map((name) => [name, "1"])),
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    throw new BenchError(`--python ${path} cannot be started: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const errors = child.stderr.text();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(lineSplitter())
    .getReader();
  const input = child.stdin.getWriter();
  let closed: Promise<void> | undefined;
  return {
    async ask(request: unknown): Promise<unknown> {
      // Where the process has ended the reading fails, and says more than the writing.
      await input.write(new TextEncoder().encode(`${JSON.stringify(request)}\n`)).catch(() => {});
      const { value } = await lines.read();
      if (value === undefined) {
        const why = (await errors).trim().split("\n").at(-1);
        throw new BenchError(`the Python at ${path} ended: ${why || "it said nothing"}`);
      }
      return JSON.parse(value);
    },
    close(): Promise<void> {
      closed ??= (async () => {
        await input.close();
        await Promise.all([errors, child.status, lines.cancel()]);
      })();
      return closed;
    },
  };
}

/** Text in chunks of any length in, whole lines out. */
function lineSplitter(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(text, to) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      for (const line of lines) to.enqueue(line);
    },
  });
}
