import { type Content, Markup, markup } from "./markup.ts";
import { renderSection, type Section } from "./section.ts";
import { STYLE } from "./style.ts";

/** What a page holds. */
export interface Page {
  /** Title of the browser's tab. */
  readonly title: string;
  /** What stands above the first section. */
  readonly head: Content;
  /** What stands between head and foot, in this order. */
  readonly sections: readonly Section[];
  /** The last line. */
  readonly foot: Content;
}

/**
 * Nothing may be loaded and no script may run, whatever a file name tries; the style is in the page. The
 * empty icon keeps the browser from asking for one.
 */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; " +
  "form-action 'none'";

/** A whole HTML document in one string: no script, and nothing that must be loaded. */
export function renderPage({ title, head, sections, foot }: Page): string {
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Emofuse">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#${sections[0].id}">To the results</a>
<header>${head}
<nav aria-label="Contents"><ul>${
    sections.map(({ id, short }) => markup`<li><a href="#${id}">${short}</a></li>`)
  }</ul></nav>
</header>
<main>
${sections.map(renderSection)}
</main>
<footer><p>${foot}</p></footer>
</body>
</html>
`;
  return page.text;
}
