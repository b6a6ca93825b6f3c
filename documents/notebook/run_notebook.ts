import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NotebookError } from "./notebook_error.ts";

const EXECUTE = fileURLToPath(new URL("execute.py", import.meta.url));

/** How {@linkcode runNotebook} works. */
export interface RunNotebookOptions {
  /**
   * Told what is under way, a line at a time.
   *
   * @default {nobody is told}
   */
  readonly onProgress?: (line: string) => void;
}

/**
 * Runs every cell of a notebook in its folder, in a fresh kernel of this Deno, and returns the notebook with
 * what they showed; the file stays as it is. Kernels of Deno may do all that the user may.
 *
 * @param python The Python that {@linkcode preparePython} made.
 * @param path The notebook.
 * @returns The text of the notebook with its outputs: no times, no paths, the same whenever the same is shown.
 *
 * @throws {NotebookError} If a cell fails, the notebook cannot be read, or the kernel does not start.
 */
export async function runNotebook(
  python: string,
  path: string,
  { onProgress }: RunNotebookOptions = {},
): Promise<string> {
  // The user's own kernels and settings play no part.
  const folder = await mkdtemp(join(tmpdir(), "emofuse-notebook-"));
  try {
    const kernel = join(folder, "kernels", "deno");
    await mkdir(kernel, { recursive: true });
    await writeFile(
      join(kernel, "kernel.json"),
      JSON.stringify({
        argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
        display_name: "Deno",
        language: "typescript",
      }),
    );
    const process = new Deno.Command(python, {
      args: [EXECUTE, path, dirname(path)],
      env: {
        JUPYTER_CONFIG_DIR: folder,
        JUPYTER_DATA_DIR: folder,
        JUPYTER_PATH: folder,
        JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
        NO_COLOR: "1",
        PYTHONIOENCODING: "utf-8",
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const [text, complaint, { success }] = await Promise.all([
      process.stdout.text(),
      follow(process.stderr, onProgress),
      process.status,
    ]);
    if (!success) throw new NotebookError(`${path}: ${complaint}`);
    return text;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A line that tells of progress. */
const PROGRESS = /^cell \d+ of \d+$/;

/** Hands on what tells of progress, and returns the rest. */
async function follow(
  stderr: ReadableStream<Uint8Array<ArrayBuffer>>,
  onProgress?: (line: string) => void,
): Promise<string> {
  const rest: string[] = [];
  let begun = "";
  for await (const part of stderr.pipeThrough(new TextDecoderStream())) {
    const lines = (begun + part).split("\n");
    begun = lines.pop()!;
    for (const line of lines) {
      if (PROGRESS.test(line)) onProgress?.(line);
      else rest.push(line);
    }
  }
  return [...rest, begun].join("\n").trim();
}
