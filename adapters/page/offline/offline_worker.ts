/**
 * The service worker of the page: answers with what was kept of it where there is no network. With a network the
 * server's files are taken, so that nobody is left with an old page.
 *
 * `deno task bundle` writes the names of the page's files and their common digest above this code: other files make
 * another script, and browsers then keep them anew. What only clips need that the browser cannot play is kept when it
 * was loaded for one.
 *
 * @module
 */

declare const EMOFUSE_FILES: readonly string[];
declare const EMOFUSE_LATER: readonly string[];
declare const EMOFUSE_DIGEST: string;

// What a ServiceWorkerGlobalScope has; it goes with no other library of TypeScript's.
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends Waiting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Waiting) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
}

const worker = globalThis as unknown as Scope;
const { scope } = worker.registration;

/** Pages below other paths of the same server have caches of their own. */
const OURS = `emofuse-page ${scope} `;
const CACHE = OURS + EMOFUSE_DIGEST;
/** It is large and seldom another: an update of the page does not drop it. */
const LATER_CACHE = `emofuse-later ${scope}`;
const addressesOf = (files: readonly string[]) =>
  new Set(files.map((file) => new URL(file, scope).href));
const ADDRESSES = addressesOf(EMOFUSE_FILES);
const LATER = addressesOf(EMOFUSE_LATER);
const PAGE = new URL("index.html", scope).href;
const MODEL = new URL("model.emofuse", scope).href;

worker.addEventListener("install", (event) => event.waitUntil(keep()));
worker.addEventListener("activate", (event) => event.waitUntil(begin()));
worker.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  const isPage = mode === "navigate" && [scope, PAGE].includes(origin + pathname);
  const address = isPage ? PAGE : url;
  // What else the server does, such as predicting, needs it.
  const isKnown = isPage || url === MODEL || ADDRESSES.has(url) || LATER.has(url);
  if (method !== "GET" || !isKnown) return;
  const answer = fetch(event.request).then((response) => {
    if (response.ok && LATER.has(url)) event.waitUntil(keepLater(url, response.clone()));
    return response;
  }, async (error) => {
    // The model is kept by the page itself, which has loaded it.
    const kept = await caches.match(address);
    if (kept) return kept;
    throw error;
  });
  event.respondWith(answer);
});

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([...ADDRESSES].map((url) => new Request(url, { cache: "no-cache" })));
  await worker.skipWaiting();
}

async function keepLater(url: string, loaded: Response): Promise<void> {
  const cache = await caches.open(LATER_CACHE);
  await cache.put(url, loaded);
}

async function begin(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}
