/** Thrown when a file that the recogniser needs cannot be fetched. */
export class FetchError extends Error {
  /** The error's class name. */
  override readonly name = "FetchError";
}

/**
 * The bundle that a GET of an address answers.
 *
 * @throws {FetchError} If it cannot be fetched.
 */
export async function fetchBundle(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetchFile(url)).arrayBuffer());
}

/**
 * What a GET of an address answers.
 *
 * @throws {FetchError} If it does not answer, or with an error.
 */
export async function fetchFile(url: URL): Promise<Response> {
  const response = await fetch(url).catch((cause) => {
    throw new FetchError(`${url.pathname} cannot be fetched: is the server there?`, { cause });
  });
  if (!response.ok) throw new FetchError(`${url.pathname} answers ${response.status}`);
  return response;
}
