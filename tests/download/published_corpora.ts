import { createHash } from "node:crypto";
import type { FaultyServer, ServedFile } from "../faulty_server.ts";
import { noise, zipOf } from "./zips.ts";

/** Files by their paths. */
export type Files = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

const text = (words: string) => new TextEncoder().encode(words) as Uint8Array<ArrayBuffer>;

/** Puts a record with files in it on a server that is asked in place of Zenodo. */
export function publishRecord(
  { files, url: _ }: FaultyServer,
  id: string,
  archives: Files,
  change: (record: Record<string, unknown>) => void = () => {},
): void {
  const record = {
    metadata: {
      title: `record ${id}`,
      creators: [{ name: "Doe, Jane" }, { name: "Roe, Richard" }],
      license: { id: "cc-by-nc-sa-4.0" },
    },
    files: Object.entries(archives).map(([key, bytes]) => ({
      key,
      size: bytes.length,
      checksum: `md5:${createHash("md5").update(bytes).digest("hex")}`,
      links: { self: "https://zenodo.org/api/none" },
    })),
  };
  change(record);
  files.set(`/zenodo.org/api/records/${id}`, { bytes: text(JSON.stringify(record)) });
  for (const [key, bytes] of Object.entries(archives)) {
    const etag = `"md5:${createHash("md5").update(bytes).digest("hex")}"`;
    files.set(archivePath(id, key), { bytes, etag });
  }
}

/** Where a file of a record is on such a server. */
export function archivePath(id: string, key: string): string {
  return `/zenodo.org/records/${id}/files/${key}`;
}

/** Files of RAVDESS: two takes of each emotion of two actors, films with and without sound, and sounds. */
export function ravdessFiles(): Record<string, Files> {
  const sounds: Record<string, Uint8Array<ArrayBuffer>> = {};
  const archives: Record<string, Files> = { "Audio_Speech_Actors_01-24.zip": sounds };
  let seed = 1;
  for (const actor of ["01", "02"]) {
    const films: Record<string, Uint8Array<ArrayBuffer>> = {};
    for (const medium of ["01", "02", "03"]) {
      for (const emotion of ["01", "02", "05"]) {
        for (const repetition of ["01", "02"]) {
          const name = `${medium}-01-${emotion}-01-01-${repetition}-${actor}`;
          const path = `Actor_${actor}/${name}.${medium === "03" ? "wav" : "mp4"}`;
          // Larger than what is read over, so that parts are asked for one by one.
          (medium === "03" ? sounds : films)[path] = noise(300_000, seed++);
        }
      }
    }
    archives[`Video_Speech_Actor_${actor}.zip`] = films;
  }
  return archives;
}

/** Archives of such files. */
export function zipsOf(archives: Readonly<Record<string, Files>>): Files {
  return Object.fromEntries(
    Object.entries(archives).map(([name, files]) => [
      name,
      zipOf(Object.fromEntries(
        Object.entries(files).map(([path, bytes]) => [path, [bytes, { level: 0 }]]),
      )),
    ]),
  );
}

/** The SHA-1 by which Git names a blob. */
function gitName(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** The SHA-256 by which Git LFS calls a file. */
export function oidOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** What Git has of a file that LFS keeps. */
export function pointerOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return text(
    `version https://git-lfs.github.com/spec/v1\noid sha256:${
      oidOf(bytes)
    }\nsize ${bytes.length}\n`,
  );
}

const REPOSITORY = "CheyneyComputerScience/CREMA-D";

/** Where GitHub's raw files are on such a server. */
export function rawPath(path: string): string {
  return `/raw.githubusercontent.com/${REPOSITORY}/master/${path}`;
}

/** Where the two servers of Git LFS are asked on such a server. */
export const LFS_PATHS = [
  `/github.com/${REPOSITORY}.git/info/lfs/objects/batch`,
  "/gitlab.com/cs-cooper-lab/crema-d-mirror.git/info/lfs/objects/batch",
] as const;

/** Where an object of Git LFS is. */
export function objectPath(bytes: Uint8Array): string {
  return `/objects/${oidOf(bytes)}`;
}

interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly size?: number;
}

/**
 * Puts CREMA-D's repository on a server that is asked in place of GitHub.
 *
 * @param tables Files that Git has.
 * @param clips Files that LFS keeps.
 */
export function publishCremaD(server: FaultyServer, tables: Files, clips: Files): void {
  const trees = new Map<string, TreeEntry[]>([["", []]]);
  const put = (path: string, content: ServedFile) => server.files.set(path, content);
  const blobs = [
    ...Object.entries(tables),
    ...Object.entries(clips).map(([path, bytes]) => [path, pointerOf(bytes)] as const),
  ];
  for (const [path, bytes] of blobs) {
    const [name, folder = ""] = path.split("/").reverse();
    if (!trees.has(folder)) {
      trees.set(folder, []);
      trees.get("")!.push({ path: folder, mode: "040000", type: "tree", sha: `tree-${folder}` });
    }
    trees.get(folder)!.push({
      ...{ path: name, mode: "100644", type: "blob", sha: gitName(bytes), size: bytes.length },
    });
    put(rawPath(path), { bytes });
  }
  trees.get("")!.push({ path: "link", mode: "120000", type: "blob", sha: "0".repeat(40), size: 4 });
  for (const [folder, tree] of trees) {
    const name = folder === "" ? "master" : `tree-${folder}`;
    const bytes = text(JSON.stringify({ tree, truncated: false }));
    put(`/api.github.com/repos/${REPOSITORY}/git/trees/${name}`, { bytes });
  }
  for (const bytes of Object.values(clips)) put(objectPath(bytes), { bytes, etag: '"s3"' });
  for (const path of LFS_PATHS) {
    server.posts.set(path, (json) => {
      const { objects } = json as { objects: { oid: string; size: number }[] };
      return [200, {
        transfer: "basic",
        objects: objects.map(({ oid, size }) => ({
          oid,
          size,
          actions: { download: { href: `${server.url}/objects/${oid}`, header: { "x-key": "1" } } },
        })),
      }];
    });
  }
}
