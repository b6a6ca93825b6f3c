import { WHISPER_FORMAT } from "../../models/whisper/whisper_weights.ts";
import { encodeSafetensors } from "../../src/numeric/safetensors.ts";
import { cachedFolder } from "../cached.ts";
import { fixtureWeights } from "./whisper_fixture.ts";

/** A file of an ear of the size of Whisper tiny with seeded weights, which has learned nothing. */
export async function tinyEar(): Promise<string> {
  const dir = await cachedFolder("tiny ear", async (dir) => {
    await Deno.mkdir(dir);
    const tensors = fixtureWeights({ name: "tiny", width: 384, layers: 4, heads: 6 });
    const metadata = { format: WHISPER_FORMAT, licence: "none", source: "seeded numbers" };
    await Deno.writeFile(`${dir}/ear.safetensors`, encodeSafetensors(tensors, metadata));
  });
  return `${dir}/ear.safetensors`;
}
