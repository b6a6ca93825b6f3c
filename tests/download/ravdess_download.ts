import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { RAVDESS } from "../../src/corpus/ravdess/ravdess.ts";
import type { FileChoice } from "../../src/download/choose_files.ts";
import { fetchOffer } from "../../src/download/fetch_offer.ts";
import { offerCorpus } from "../../src/download/offer_corpus.ts";
import { type FaultyServer, withFaultyServer } from "../faulty_server.ts";
import { withFolder } from "../with_folder.ts";
import { type Files, publishRecord, ravdessFiles, zipsOf } from "./published_corpora.ts";

export const PATIENCE = { attempts: 3, stallSeconds: 1, pauseSeconds: 0.01 };
export const FILES = ravdessFiles();
export const ARCHIVES = zipsOf(FILES);

/** Downloads what is chosen of RAVDESS off a server; gives what was offered. */
export async function downloadRavdess(root: string, server: FaultyServer, choice: FileChoice = {}) {
  const options = { choice, mirror: server.url, patience: PATIENCE };
  const offer = await offerCorpus(RAVDESS, root, options);
  await fetchOffer(offer, root, { accepts: () => true, patience: PATIENCE });
  return offer;
}

/** Runs `work` with an empty folder beside a server that has RAVDESS. */
export function withRavdess(
  work: (root: string, server: FaultyServer) => Promise<void>,
): Promise<void> {
  return withFolder((dir) =>
    withFaultyServer(async (server) => {
      publishRecord(server, "1188976", ARCHIVES);
      await work(join(dir, "ravdess"), server);
    })
  );
}

/** Every file below a folder, by its path in it, but for what is under way. */
export function filesIn(root: string): Record<string, Uint8Array> {
  if (!existsSync(root)) return {};
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.startsWith(".download") && path !== "licence.json");
  return Object.fromEntries(
    paths.filter((path) => statSync(join(root, path)).isFile()).sort()
      .map((path) => [path, new Uint8Array(readFileSync(join(root, path)))]),
  );
}

/** Those of RAVDESS's files whose name matches. */
export function some(pattern: RegExp): Files {
  const all = Object.assign({}, ...Object.values(FILES)) as Files;
  return Object.fromEntries(
    Object.entries(all).filter(([path]) => pattern.test(path)).sort(([a], [b]) => a < b ? -1 : 1),
  );
}

/** What is left in the folder of what is under way. */
export function underWay(root: string): string[] {
  return readdirSync(join(root, ".download")).filter((name) =>
    name !== "done.jsonl" && name !== "lock"
  );
}
