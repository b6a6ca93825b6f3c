import { readBytes } from "../runtime/files/read_bytes.ts";
import { WeightsError } from "../../models/weights_error.ts";
import { type ImportedWeights, type ImportOptions, importVgg16 } from "./import_weights.ts";
import { type ImportedWhisper, importWhisper } from "./import_whisper.ts";
import { isWhisper } from "./whisper_sources.ts";

/**
 * Imports a weights file by what it holds: Whisper's encoder (see {@linkcode importWhisper}), else VGG16's
 * convolutions (see {@linkcode importVgg16}).
 *
 * @throws {WeightsError} If the file cannot be read, or as those functions say; if a preprocessing of pictures is
 * given for a network that listens.
 */
export async function importFile(
  file: string,
  options: ImportOptions = {},
): Promise<ImportedWeights | ImportedWhisper> {
  const bytes = await readBytes(file).catch((cause: Error) => {
    throw new WeightsError(`cannot read ${file}: ${cause.message}`, { cause });
  });
  if (!isWhisper(bytes)) return await importVgg16(file, bytes, options);
  const { preprocessing, ...rest } = options;
  if (preprocessing !== undefined) {
    throw new WeightsError(
      `${
        options.url ?? file
      } holds Whisper's encoder, which sees no pictures: leave the preprocessing out`,
      { option: "preprocessing" },
    );
  }
  return await importWhisper(file, bytes, rest);
}
