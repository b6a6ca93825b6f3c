/** A run has nothing that a recipe can work on. */
export class RecipeError extends Error {
  /** The error's class, for logs. */
  override readonly name = "RecipeError";
}
