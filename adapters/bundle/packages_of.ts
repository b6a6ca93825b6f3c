/**
 * The folders of the packages to which files belong.
 *
 * @param files Paths from the project's root.
 */
export function packagesOf(files: readonly string[]): string[] {
  const folders = files.map((file) =>
    file.match(/^node_modules\b.*\bnode_modules\/(@[^/]+\/)?[^/]+/)?.[0]
  );
  return [...new Set(folders.filter((folder) => folder !== undefined))];
}
