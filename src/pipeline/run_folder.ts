import { join } from "node:path";
import { encodeSafetensors } from "../nn/safetensors.ts";
import { writeFileAtomically } from "../runtime/write_file_atomically.ts";
import type { ModelState } from "../classify/classifier.ts";
import type { Results } from "./results.ts";

/** The run folder cannot be written to. */
export class RunFolderError extends Error {
  /** The error's class, for logs. */
  override readonly name = "RunFolderError";
}

/**
 * The folder that a run leaves behind: `results.json`, and under `models/` the fitted models of each
 * fold. Models are gathered under another name and take their place when the run is complete, so that
 * a run that ends early leaves an older run's files as they were.
 */
export class RunFolder {
  /** The folder. */
  readonly dir: string;
  /** Where the models of the run under way are gathered. */
  readonly gathering: string;

  private constructor(dir: string) {
    this.dir = dir;
    this.gathering = join(dir, `.models-${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`);
  }

  /**
   * Makes the folder where it is missing and checks that it can be written to.
   *
   * @throws {RunFolderError} If it cannot.
   */
  static async prepare(dir: string): Promise<RunFolder> {
    const folder = new RunFolder(dir);
    try {
      await Deno.mkdir(folder.gathering, { recursive: true });
    } catch (error) {
      throw new RunFolderError(
        `--out ${dir} cannot be written to: ${error instanceof Error ? error.message : error}`,
      );
    }
    return folder;
  }

  /** Puts the models in place and writes `results.json`, which is the last thing a run does. */
  async complete(results: Results): Promise<void> {
    const models = join(this.dir, "models");
    await Deno.remove(models, { recursive: true }).catch(ignoreMissing);
    await Deno.rename(this.gathering, models);
    await writeFileAtomically(
      join(this.dir, "results.json"),
      JSON.stringify(results, null, 2) + "\n",
    );
  }

  /** Removes what a run that failed had gathered. */
  async abandon(): Promise<void> {
    await Deno.remove(this.gathering, { recursive: true }).catch(ignoreMissing);
  }
}

/** Writes a fitted model as `dir/name.safetensors`: settings in the metadata, arrays as tensors. */
export function saveModel(
  dir: string,
  name: string,
  { model, settings, tensors }: ModelState,
): void {
  Deno.mkdirSync(dir, { recursive: true });
  Deno.writeFileSync(
    join(dir, `${name}.safetensors`),
    encodeSafetensors(tensors, { model, settings: JSON.stringify(settings) }),
  );
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
