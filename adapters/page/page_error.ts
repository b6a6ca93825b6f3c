/** What a person at the page can understand and do something about. */
export class PageError extends Error {
  /** The error's class name. */
  override readonly name = "PageError";
}
