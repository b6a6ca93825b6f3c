import { posix } from "node:path";
import { escapeText } from "../../src/report/html/markup.ts";
import { SITE_STYLE } from "./style.ts";

/** A page of the site's list. */
export interface ListedPage {
  /** Its path from the site's folder. */
  readonly page: string;
  /** What it is called. */
  readonly title: string;
  /** What stands above it. */
  readonly group: string;
}

/** The path from one page of the site to another. */
export function pathBetween(from: string, to: string): string {
  return posix.relative(posix.dirname(from), to) || posix.basename(to);
}

/**
 * A page of the site: the list of all pages, and what it says.
 *
 * @param own The page itself.
 * @param all All pages, in the order of their list.
 * @param body What it says, as HTML.
 */
export function renderSitePage(
  own: ListedPage,
  all: readonly ListedPage[],
  body: string,
): string {
  const groups = Array.from(
    Map.groupBy(all, ({ group }) => group),
    ([group, pages]) =>
      `<h2>${escapeText(group)}</h2><ul>${
        pages.map(({ page, title }) =>
          `<li><a href="${escapeText(pathBetween(own.page, page))}"${
            page === own.page ? ' aria-current="page"' : ""
          }>${escapeText(title)}</a></li>`
        ).join("")
      }</ul>`,
  );
  const title = own.title === "Emofuse" ? "Emofuse" : `${own.title} - Emofuse`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(title)}</title>
<style>${SITE_STYLE}</style>
</head>
<body>
<a class="skip" href="#content">to the text</a>
<nav aria-label="pages"><details open><summary>Pages</summary>${groups.join("\n")}</details></nav>
<main id="content">
${body}
</main>
<script>
// On a phone the list of pages would fill the screen.
if (matchMedia("(max-width: 60rem)").matches) document.querySelector("nav details").open = false;
</script>
</body>
</html>
`;
}
