import { DownloadError } from "../../runtime/http/download_error.ts";
import { fetchSmall, refusal } from "../../runtime/http/fetch_small.ts";
import type { Patience } from "../../runtime/http/patience.ts";
import { addressOf } from "../address.ts";
import type { LfsObject } from "./parse_pointer.ts";

/** Where an object is, and what must be sent along. */
export interface LfsAction {
  /** Its address. */
  readonly href: string;
  /** Headers of the request. */
  readonly header?: Readonly<Record<string, string>>;
}

/** No answer on some hundred objects is larger, in bytes. */
const MOST = 5_000_000;

const TYPE = "application/vnd.git-lfs+json";

/**
 * Asks a Git LFS server where objects are (git-lfs/git-lfs, docs/api/batch.md).
 *
 * @param server Address of the repository, ending with `.git`.
 * @returns Where each object is, by its SHA-256.
 *
 * @throws {DownloadError} If it refuses, or lacks one of them.
 */
export async function askLfs(
  server: string,
  objects: readonly LfsObject[],
  { mirror, patience }: { readonly mirror?: string; readonly patience?: Patience } = {},
): Promise<Map<string, LfsAction>> {
  const url = addressOf(`${server}/info/lfs/objects/batch`, mirror);
  const answer = await fetchSmall(url, {
    method: "POST",
    headers: { accept: TYPE, "content-type": TYPE, "user-agent": "emofuse" },
    body: JSON.stringify({
      operation: "download",
      transfers: ["basic"],
      hash_algo: "sha256",
      objects: objects.map(({ oid, size }) => ({ oid, size })),
    }),
    limit: MOST,
    patience,
  });
  if (answer.status !== 200) throw refusal(url, answer);
  const found = new Map<string, LfsAction>();
  for (const { oid, error, actions } of listOf(url, answer.bytes)) {
    if (error) throw new DownloadError(`${url} lacks ${oid}: ${error.message ?? error.code}`);
    const action = actions?.download;
    if (typeof action?.href !== "string") continue;
    // Of a mirror an object may come unencrypted: its hash is checked.
    const href = mirror === undefined ? addressOf(action.href) : action.href;
    found.set(oid, { href, header: action.header });
  }
  const missing = objects.find(({ oid }) => !found.has(oid));
  if (missing) throw new DownloadError(`${url} does not say where ${missing.oid} is`);
  return found;
}

interface Listed {
  readonly oid: string;
  readonly error?: { readonly code?: number; readonly message?: string };
  readonly actions?: { readonly download?: LfsAction };
}

function listOf(url: string, bytes: Uint8Array): readonly Listed[] {
  try {
    const { objects } = JSON.parse(new TextDecoder().decode(bytes));
    if (Array.isArray(objects)) return objects;
  } catch {
    // What follows says what is wrong.
  }
  throw new DownloadError(`${url} sent no list of objects`);
}
