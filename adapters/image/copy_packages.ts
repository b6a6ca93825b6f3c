import { cp, mkdir, readdir, readlink, symlink } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";

/** What no program reads: declarations, maps for debuggers, and what their maps lead to. */
const UNREAD = /\.(?:map|d\.[cm]?ts)$/;

/** Deno's own folder in `node_modules`, in which each version of a package has one. */
const VERSIONS = ".deno";

/**
 * Copies packages and what they need, as Deno has installed them, and leaves all others.
 *
 * @param from A `node_modules` that Deno made.
 * @param to The new one.
 * @param names Packages of the program.
 * @throws {Error} If one of them is not installed; its `code` is `ENOENT`.
 */
export async function copyPackages(
  from: string,
  to: string,
  names: Iterable<string>,
): Promise<void> {
  const open: string[] = [];
  for (const name of names) {
    const link = await readlink(join(from, name));
    open.push(versionOf(from, resolve(dirname(join(from, name)), link)));
    await mkdir(dirname(join(to, name)), { recursive: true });
    await symlink(link, join(to, name));
  }
  const copied = new Set<string>();
  for (let version = open.pop(); version !== undefined; version = open.pop()) {
    if (copied.has(version)) continue;
    copied.add(version);
    const place = join(from, VERSIONS, version);
    const beside = join(place, "node_modules");
    for (const name of await namesIn(beside)) {
      const link = await readlink(join(beside, name));
      open.push(versionOf(from, resolve(dirname(join(beside, name)), link)));
    }
    await cp(place, join(to, VERSIONS, version), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !UNREAD.test(basename(path)),
    });
  }
  await copyShared(join(from, VERSIONS), join(to, VERSIONS), copied);
}

/**
 * Makes the links by which packages find what they need without saying so, as tfjs does `long`. Where Deno's
 * own link leads to a version that was left, a version that was copied takes its place.
 */
async function copyShared(from: string, to: string, copied: ReadonlySet<string>): Promise<void> {
  for (const name of await namesIn(join(from, "node_modules"))) {
    const link = join("node_modules", name);
    const place = resolve(from, dirname(link), await readlink(join(from, link)));
    const prefix = `${name.replace("/", "+")}@`;
    const version = [firstOf(relative(from, place)), ...[...copied].sort()]
      .find((version) => version.startsWith(prefix) && copied.has(version));
    if (version === undefined) continue;
    const folder = dirname(join(to, link));
    await mkdir(folder, { recursive: true });
    await symlink(relative(folder, join(to, version, "node_modules", name)), join(to, link));
  }
}

/** The folder of a version that holds a package's files. */
function versionOf(from: string, path: string): string {
  return firstOf(relative(join(from, VERSIONS), path));
}

function firstOf(path: string): string {
  return path.split(/[\\/]/)[0];
}

/** The names of links in a `node_modules`; those of the kind @scope/name lie a folder deeper. */
async function namesIn(folder: string, scope = ""): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(folder, scope), { withFileTypes: true })) {
    const name = join(scope, entry.name);
    if (entry.isSymbolicLink()) found.push(name);
    else if (scope === "" && name.startsWith("@")) found.push(...await namesIn(folder, name));
  }
  return found;
}
