import type { RunModality } from "../modality.ts";

/** What an archive may hold, so far as its name tells. */
export interface ArchiveContents {
  /** What its files carry: `audio`, `video`, or both together, `av`. Default: any of them. */
  readonly carries?: readonly RunModality[];
  /**
   * The values that its clips may have of what filters compare: `speaker`, `label`, or the name of an
   * attribute. Default: any.
   */
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

/** A record of Zenodo: archives with their sizes and MD5s, which the record itself lists. */
export interface ZenodoPublication {
  /** Which kind it is. */
  readonly kind: "zenodo";
  /** Number of the record. */
  readonly record: string;
  /** What one of its files holds, by its name; nothing is known of others. */
  readonly holds: (file: string) => ArchiveContents;
}

/** A folder of a repository. */
export interface RepositoryFolder {
  /** Its path. */
  readonly path: string;
  /** What its files carry. */
  readonly carries: RunModality;
}

/** A repository on GitHub whose clips are kept by Git LFS. */
export interface GitHubPublication {
  /** Which kind it is. */
  readonly kind: "github";
  /** Owner and name. */
  readonly repository: string;
  /** The branch that is published. */
  readonly branch: string;
  /** The folders of its clips. */
  readonly folders: readonly RepositoryFolder[];
  /** Other files that belong to the corpus, those of them that there are. */
  readonly tables: readonly string[];
  /** The file that holds its licence. */
  readonly licence: string;
  /**
   * Addresses of repositories whose Git LFS has the same objects, for when GitHub's refuses. What an object is
   * called is its SHA-256: no other can take its place.
   */
  readonly mirrors: readonly string[];
}

/** Where the authors of a corpus publish it. */
export type Publication = ZenodoPublication | GitHubPublication;
