import { join } from "node:path";
import { decodeBundle } from "../../src/recognize/bundle.ts";
import { edgeFiles } from "../bundle/edge_files.ts";
import { writeFolder } from "../bundle/write_folder.ts";
import { installWorkerd } from "./install_workerd.ts";
import { type RunningWorkerd, startWorkerd } from "./start_workerd.ts";

/** An edge worker with its model, ready to be started as often as is wanted. */
export interface PreparedWorkerd {
  /**
   * Starts workerd on a free port of 127.0.0.1. Its first request loads the model.
   *
   * @throws {WorkerdError} If it does not start.
   */
  start(): Promise<RunningWorkerd>;
  /** Removes the files. */
  remove(): Promise<void>;
}

/**
 * Bundles the edge worker with a model into a temporary folder and sees to it that workerd is installed,
 * so that a start takes the time of a start.
 *
 * @param bytes The model's bundle.
 * @throws {BundleError} If it is none.
 * @throws {CodeBundleError} If the code cannot be bundled.
 * @throws {WorkerdError} If workerd cannot be had.
 */
export async function prepareWorkerd(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<PreparedWorkerd> {
  const { card } = await decodeBundle(bytes);
  const program = await installWorkerd();
  const files = await edgeFiles("workerd", { bytes, card });
  const dir = await Deno.makeTempDir({ prefix: "emofuse-workerd-" });
  const folder = join(dir, "worker");
  const remove = () => Deno.remove(dir, { recursive: true });
  try {
    await writeFolder(folder, files);
  } catch (error) {
    await remove();
    throw error;
  }
  return { start: () => startWorkerd(folder, program), remove };
}
