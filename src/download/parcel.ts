import type { Workplace } from "./workplace.ts";

/** Something that is fetched by itself: an archive, some files of an archive, a folder of a repository. */
export interface Parcel {
  /** Name of the archive or folder. */
  readonly name: string;
  /** How many files it brings, where that is known beforehand. */
  readonly files?: number;
  /** How many bytes are fetched for it, if nothing of it is there yet. */
  readonly bytes: number;
  /**
   * Fetches what is not there yet.
   *
   * @throws {DownloadError} If something cannot be fetched, or is not what it should be.
   */
  fetch(to: Workplace): Promise<void>;
}
