/**
 * Thrown when a network's weights are absent, damaged or not the ones it needs. The message names the
 * file or the layer and says what to do.
 */
export class WeightsError extends Error {
  /** The error's class name. */
  override readonly name = "WeightsError";
}
