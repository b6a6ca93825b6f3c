import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { lockAdvice, lockFile } from "../runtime/files/lock_file.ts";
import { DownloadError } from "../runtime/http/download_error.ts";
import type { Patience } from "../runtime/http/patience.ts";
import { isAccepted, type Licence, recordAcceptance } from "./licence.ts";
import type { Offer } from "./source_options.ts";
import type { Parcel } from "./parcel.ts";
import { WORK_FOLDER, Workplace } from "./workplace.ts";

/** Settings of {@linkcode fetchOffer}. */
export interface FetchOfferOptions {
  /** Whether the terms are accepted. It is asked once: the answer is kept in the folder, and holds for these very terms. */
  readonly accepts: (licence: Licence) => boolean | Promise<boolean>;
  /**
   * How often servers are asked, and how long they are waited for.
   *
   * @default {once, and a minute without a byte}
   */
  readonly patience?: Patience;
  /**
   * Is told how many bytes are there of how many, and what is fetched now.
   *
   * @default {nobody is told}
   */
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/**
 * Fetches what is offered into the folder `root`, but for what is there already. Every file is checked before it
 * gets its name; what is under way lies in `.download` there, and a later call goes on from it.
 *
 * @throws {DownloadError} If the terms are not accepted, or something cannot be fetched or is not what it should
 * be. What was fetched before stays.
 */
export async function fetchOffer(
  { licence, parcels }: Offer,
  root: string,
  { accepts, patience = {}, onProgress = () => {} }: FetchOfferOptions,
): Promise<void> {
  if (!await isAccepted(root, licence)) {
    if (!await accepts(licence)) {
      throw new DownloadError(`the terms of ${licence.title} are not accepted: nothing is fetched`);
    }
    await mkdir(root, { recursive: true });
    await recordAcceptance(root, licence);
  }
  await mkdir(join(root, WORK_FOLDER), { recursive: true });
  const path = join(root, WORK_FOLDER, "lock");
  const lock = await lockFile(path);
  if (!lock) {
    throw new DownloadError(
      `${root}: another download into this folder is under way${lockAdvice(path)}`,
    );
  }
  try {
    await fetchParcels(parcels, root, patience, onProgress);
  } finally {
    await lock.release();
  }
}

async function fetchParcels(
  parcels: readonly Parcel[],
  root: string,
  patience: Patience,
  onProgress: (done: number, total: number, what: string) => void,
): Promise<void> {
  const total = parcels.reduce((sum, { bytes }) => sum + bytes, 0);
  let [before, done, most] = [0, 0, 0];
  const to = await Workplace.open(root, patience, (count, of) => {
    // What is fetched twice, and the directories of archives, are no work done.
    done = Math.min(done + count, most);
    onProgress(before + done, total, of);
  });
  for (const parcel of parcels) {
    [done, most] = [0, parcel.bytes];
    await parcel.fetch(to);
    before += parcel.bytes;
    onProgress(before, total, parcel.name);
  }
}
