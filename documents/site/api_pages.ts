import { readdir, readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import type { BrokenLink } from "./check_guides.ts";
import { checkSite, unescapeAttribute } from "./check_site.ts";
import { DocumentError } from "./document_error.ts";
import { API_FOLDER } from "./guide_pages.ts";
import { pathBetween } from "./page.ts";

/** A link to the code that a page describes, which is on this machine alone. */
const SOURCE_LINK = /<a\s[^>]*href="file:[^"]*"[^>]*>[\s\S]*?<\/a>/g;

/** Any link. */
const LINK = /<a\s[^>]*?href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g;

/** Where a page's text begins. */
const BODY = /<body\b[^>]*>/;

/** What {@linkcode apiPages} gives. */
export interface ApiPages {
  /** The pages, by their paths. */
  readonly pages: Map<string, Uint8Array<ArrayBuffer>>;
  /** Links to pages that `deno doc` does not make; they are plain text. */
  readonly unlinked: readonly BrokenLink[];
}

/**
 * The pages that `deno doc` makes of what users import, by their paths, each with a link to the guides.
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
  for (const [file, bytes] of pages) {
    if (!file.endsWith(".html")) continue;
    const markup = linkGuides(posix.join(API_FOLDER, file), new TextDecoder().decode(bytes));
    pages.set(file, new TextEncoder().encode(markup));
  }
  return { pages, unlinked };
}

/**
 * A page with a link to the site's first one at its beginning.
 *
 * @param page Its path from the site's folder.
 * @param markup The page as HTML.
 */
export function linkGuides(page: string, markup: string): string {
  const link = `<a href="${pathBetween(page, "index.html")}">Guides of Emofuse</a>`;
  return markup.replace(BODY, (body) => `${body}<p style="padding: 0.5rem 1rem">${link}</p>`);
}
