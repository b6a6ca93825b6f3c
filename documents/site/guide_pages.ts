import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import manifest from "../../deno.json" with { type: "json" };
import { readBytes } from "../../src/runtime/files/read_bytes.ts";
import { leadsOut } from "./check_guides.ts";
import { DocumentError } from "./document_error.ts";
import { findGuides, type Guide } from "./guides.ts";
import { outlineMarkdown, renderMarkdown } from "./markdown.ts";
import { type ListedPage, pathBetween, renderSitePage } from "./page.ts";
import { readNotebook } from "./read_notebook.ts";
import { renderNotebook } from "./render_notebook.ts";

/** The folder of the site in which the descriptions of the exports are. */
export const API_FOLDER = "api";

/** The page of each entry that users import, by the entry's file. */
const API_PAGES: ReadonlyMap<string, string> = new Map(
  Object.entries(manifest.exports).map(([name, file]) => [
    posix.normalize(file),
    posix.join(API_FOLDER, name, "index.html"),
  ]),
);

/**
 * The site's pages of all guides and the other files of the project that they link to, by their paths.
 *
 * @param root The project's folder.
 *
 * @throws {DocumentError} If a guide links to something that is no file, or a notebook is none.
 */
export async function guidePages(root: string): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const guides = await Promise.all((await findGuides(root)).map((guide) => readGuide(root, guide)));
  const listed: ListedPage[] = [...guides, ...apiPages()];
  const places = new Map([
    ...API_PAGES,
    ...guides.map(({ file, page }) => [file, page] as const),
  ]);
  const linked = new Map<string, LinkedFile>();
  const encoder = new TextEncoder();
  const pages = new Map(guides.map((guide) => {
    const rewrite = (target: string) => rewritten(guide, target, places, linked);
    return [guide.page, encoder.encode(renderSitePage(guide, listed, guide.render(rewrite)))];
  }));
  for (const [place, { file, from }] of linked) {
    try {
      pages.set(place, await readBytes(join(root, file)));
    } catch (cause) {
      throw new DocumentError(`${from} links to ${file}, which is no file that can be read`, {
        cause,
      });
    }
  }
  return pages;
}

/** A file of the project that a guide links to. */
interface LinkedFile {
  readonly file: string;
  readonly from: string;
}

/** A guide with what it says. */
interface ReadGuide extends Guide, ListedPage {
  readonly render: (rewrite: (target: string) => string) => string;
}

async function readGuide(root: string, guide: Guide): Promise<ReadGuide> {
  const { file } = guide;
  const text = await readFile(join(root, file), "utf8");
  if (!file.endsWith(".ipynb")) {
    const { title } = outlineMarkdown(text);
    return { ...guide, title, render: (rewrite) => renderMarkdown(text, rewrite) };
  }
  const notebook = readNotebook(file, text);
  const { title } = outlineMarkdown(notebook.cells[0]?.source ?? "");
  return { ...guide, title, render: (rewrite) => renderNotebook(notebook, rewrite) };
}

function apiPages(): ListedPage[] {
  return Object.keys(manifest.exports).map((name) => ({
    page: posix.join(API_FOLDER, name, "index.html"),
    title: posix.join("emofuse", name),
    group: "Exports",
  }));
}

/** Where a link of a guide leads on the site; files that are no pages there are entered into `linked`. */
function rewritten(
  { file: from, page }: Guide,
  target: string,
  places: ReadonlyMap<string, string>,
  linked: Map<string, LinkedFile>,
): string {
  if (leadsOut(target) || target.startsWith("#")) return target;
  const [path, anchor] = target.split("#");
  const file = posix.join(posix.dirname(from), decodeURI(path));
  // Servers tell by its name what a file is.
  const place = places.get(file) ?? (posix.extname(file) === "" ? `${file}.txt` : file);
  if (!places.has(file)) linked.set(place, { file, from });
  return pathBetween(page, place) + (anchor === undefined ? "" : `#${anchor}`);
}
