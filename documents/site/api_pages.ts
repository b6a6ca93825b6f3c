import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrokenLink } from "./check_guides.ts";
import { checkSite, unescapeAttribute } from "./check_site.ts";
import { DocumentError } from "./document_error.ts";

/** A link to the code that a page describes, which is on this machine alone. */
const SOURCE_LINK = /<a\s[^>]*href="file:[^"]*"[^>]*>[\s\S]*?<\/a>/g;

/** Any link. */
const LINK = /<a\s[^>]*?href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g;

/** What {@linkcode apiPages} gives. */
export interface ApiPages {
  /** The pages, by their paths. */
  readonly pages: Map<string, Uint8Array<ArrayBuffer>>;
  /** Links to pages that `deno doc` does not make; they are plain text. */
  readonly unlinked: readonly BrokenLink[];
}

/**
 * The pages that `deno doc` makes of what users import, by their paths.
 *
 * @param root The project's folder.
 * @param entries The files that users import, from it.
 * @param folder An empty folder in which they are made.
 *
 * @throws {DocumentError} If `deno doc` fails.
 */
export async function apiPages(
  root: string,
  entries: readonly string[],
  folder: string,
): Promise<ApiPages> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--quiet", "--html", "--name=emofuse", `--output=${folder}`, ...entries],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
  }).output();
  if (!success) {
    throw new DocumentError(`deno doc failed: ${new TextDecoder().decode(stderr).trim()}`);
  }
  const pages = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1).replaceAll("\\", "/");
    const bytes = await readFile(path);
    pages.set(
      name,
      name.endsWith(".html")
        ? new TextEncoder().encode(bytes.toString("utf8").replace(SOURCE_LINK, ""))
        : new Uint8Array(bytes),
    );
  }
  const unlinked = checkSite(pages);
  for (const [file, links] of Map.groupBy(unlinked, ({ file }) => file)) {
    const dead = new Set(links.map(({ target }) => target));
    const markup = new TextDecoder().decode(pages.get(file));
    const plain = markup.replace(
      LINK,
      (link, target, text) => dead.has(unescapeAttribute(target)) ? text : link,
    );
    pages.set(file, new TextEncoder().encode(plain));
  }
  return { pages, unlinked };
}
