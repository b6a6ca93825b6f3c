import { WasmDecoder } from "../../src/media/wasm_decoder.ts";
import { withFolder } from "../with_folder.ts";

/** Runs `work` with a decoder and a function that writes a clip and gives its path. */
export async function withDecoder(
  work: (
    decoder: WasmDecoder,
    write: (file: string, bytes: Uint8Array) => Promise<string>,
  ) => Promise<void>,
): Promise<void> {
  await withFolder(async (dir) => {
    const decoder = new WasmDecoder();
    try {
      await work(decoder, async (file, bytes) => {
        await Deno.writeFile(`${dir}/${file}`, bytes);
        return `${dir}/${file}`;
      });
    } finally {
      await decoder.close();
    }
  });
}
