import { SileroVad } from "../../models/silero/silero_vad.ts";
import { memo } from "../memo.ts";

const file = new URL("../../models/silero/silero_vad_16k.safetensors", import.meta.url);

/** The network that comes with Emofuse. */
export const vad = memo(async () => new SileroVad(await Deno.readFile(file)));
