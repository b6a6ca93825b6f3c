import { WeightsError } from "../../models/weights_error.ts";
import { STEPS } from "../numeric/int8.ts";
import { describeEar, openSameEar } from "../weights/load_ear.ts";

/**
 * Refuses an ear that a bundle would round: what is learned from must be what the bundle hears.
 *
 * @throws {WeightsError} If the file cannot be read, holds no ear, or one in floating point.
 */
export async function checkEarDtype(path: string): Promise<void> {
  const { weightsHash } = await describeEar(path);
  const { file: { tensors } } = await openSameEar(path, weightsHash);
  if (Object.keys(tensors).some((name) => name.endsWith(STEPS))) return;
  throw new WeightsError(
    `${path} is not stored in whole numbers, as the model that comes with Emofuse has it: import it again with ` +
      '"deno task weights FILE --dtype int8"',
  );
}
