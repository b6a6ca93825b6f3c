import { PageError } from "../page_error.ts";

/** What is said where the browser cannot play a clip and ffmpeg.wasm cannot be loaded. */
export function noDecoder(cause: unknown): PageError {
  return new PageError(
    "This browser cannot play that clip, and the decoder that could cannot be loaded: is the server there?",
    { cause },
  );
}
