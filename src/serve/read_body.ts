import { deferred } from "./deferred.ts";
import type { HeldBytes } from "./held_bytes.ts";
import { hungUp } from "./hung_up.ts";
import type { ServeLimits } from "./limits.ts";
import { Problem } from "./problem.ts";

/**
 * Reads a request's body, as long as it stays within its limits of size and time and the client is
 * there. What it holds is counted in `held` as it arrives; the caller gives that back.
 *
 * @returns The body, of at least one byte.
 * @throws {Problem} 400 if it is empty or breaks off, 408 if it takes too long, 411 if there is none,
 * 413 if it is too large, 415 if it is compressed, 503 if the server holds too much already.
 */
export async function readBody(
  request: Request,
  limits: Pick<ServeLimits, "maxBytes" | "timeoutSeconds">,
  held: HeldBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const coding = request.headers.get("content-encoding") ?? "identity";
  if (coding.trim().toLowerCase() !== "identity") {
    throw new Problem(415, "the body is compressed (Content-Encoding); send it as it is");
  }
  const claimed = Number(request.headers.get("content-length") ?? NaN);
  if (claimed > limits.maxBytes) throw tooLarge(limits);
  if (claimed === 0) throw new Problem(400, "the body is empty");
  if (request.body === null) {
    throw new Problem(411, "a clip is needed as body, with Content-Length or chunked");
  }
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const late = deferred<never>();
  const timer = setTimeout(
    () => late.reject(new Problem(408, `the body took longer than ${limits.timeoutSeconds} s`)),
    limits.timeoutSeconds * 1000,
  );
  // Not every runtime breaks the body off when its client leaves.
  const leave = () => late.reject(hungUp());
  request.signal.addEventListener("abort", leave, { once: true });
  if (request.signal.aborted) leave();
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late.promise]);
      if (done) break;
      if (size + value.length > limits.maxBytes) throw tooLarge(limits);
      held.take(value.length);
      size += value.length;
      chunks.push(value);
    }
  } catch (error) {
    held.give(size);
    // Not awaited: a body that hangs may hang here too.
    reader.cancel(error).catch(() => {});
    if (error instanceof Problem) throw error;
    throw new Problem(400, "the body broke off", { cause: error });
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener("abort", leave);
    late.promise.catch(() => {});
  }
  if (size === 0) throw new Problem(400, "the body is empty");
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function tooLarge({ maxBytes }: { maxBytes: number }): Problem {
  const mb = (maxBytes / 2 ** 20).toFixed(maxBytes < 2 ** 20 ? 3 : 0);
  return new Problem(413, `the body is larger than ${mb} MB (${maxBytes} bytes)`);
}
