/** Thrown when a bundle is damaged, of another kind or version, or cannot be run as it is asked to. */
export class BundleError extends Error {
  /** The error's class name. */
  override readonly name = "BundleError";
}
