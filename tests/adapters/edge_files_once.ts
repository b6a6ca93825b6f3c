import {
  type EdgeFiles,
  edgeFiles,
  type EdgeModel,
  type EdgeTarget,
} from "../../adapters/bundle/edge_files.ts";
import { sha256Hex } from "../../models/sha256.ts";
import { cached } from "../cached.ts";

/** What `edgeFiles()` gives, bundled once for all tests. */
export async function edgeFilesOnce(target: EdgeTarget, model?: EdgeModel): Promise<EdgeFiles> {
  const of = model === undefined ? "no model" : await sha256Hex(model.bytes);
  return await cached(`files for ${target} with ${of}`, () => edgeFiles(target, model));
}
