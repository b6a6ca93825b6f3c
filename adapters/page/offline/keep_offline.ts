/** The cache of the browser in which the page keeps models, by their addresses. */
const MODEL_CACHE = "emofuse-model";

let kept: Promise<boolean> = Promise.resolve(false);

/** Waits until what {@linkcode keepOffline} does is done: what is fetched from then on the service worker sees. */
export function whenKept(): Promise<boolean> {
  return kept;
}

/**
 * Keeps the page and its model in this browser, so that it opens without a network. Of what is loaded later only
 * ffmpeg.wasm is kept.
 *
 * @param url Where the model came from.
 * @param model The model: it is not fetched twice.
 * @returns Whether all of it is there.
 */
export function keepOffline(url: URL, model: Response): Promise<boolean> {
  return kept = keep(url, model);
}

async function keep(url: URL, model: Response): Promise<boolean> {
  // Some browsers lend neither to private windows.
  if (!("serviceWorker" in navigator) || !("caches" in globalThis)) return false;
  try {
    const cache = await caches.open(MODEL_CACHE);
    await cache.put(url, model);
    const script = new URL("./offline_worker.js", document.baseURI);
    await isActive(await navigator.serviceWorker.register(script));
    return true;
  } catch {
    // The disk is full, or it is not allowed: the page works as long as there is a network.
    return false;
  }
}

/** Waits until a service worker has kept the page. */
async function isActive({ installing, waiting, active }: ServiceWorkerRegistration): Promise<void> {
  const worker = installing ?? waiting ?? active!;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = () => {
    if (worker.state === "activated") resolve();
    if (worker.state === "redundant") reject(new Error("the page could not be kept"));
  };
  worker.addEventListener("statechange", look);
  look();
  await promise;
}
