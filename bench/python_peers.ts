import { fileURLToPath } from "node:url";
import { type Contender, LIBROSA, TEXTBOOK } from "./contender.ts";
import { startLineProcess } from "./line_process.ts";
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
  const python = startLineProcess(`--python ${path}`, path, {
    args: [fileURLToPath(new URL("./dsp_peers.py", import.meta.url))],
    env: Object.fromEntries(ONE_THREAD.map((name) => [name, "1"])),
  });
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
