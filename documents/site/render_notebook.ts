import { escapeText } from "../../src/report/html/markup.ts";
import type { CellOutput, Notebook } from "./read_notebook.ts";
import { outlineMarkdown, renderMarkdown } from "./markdown.ts";

/** What an output is shown with. */
interface Surroundings {
  /** The heading of its section; empty before the first one. */
  readonly section: string;
  /** Where a link of its text leads on the site. */
  readonly rewrite: (target: string) => string;
}

/** The forms of an output that are shown, the best first. */
const FORMS: Readonly<Record<string, (content: string, around: Surroundings) => string>> = {
  "image/svg+xml": (svg, { section }) =>
    picture(section, `data:image/svg+xml,${encodeURIComponent(svg)}`),
  "image/png": (png, { section }) =>
    picture(section, `data:image/png;base64,${png.replaceAll("\n", "")}`),
  "text/markdown": (text, { rewrite }) => renderMarkdown(text, rewrite),
  "text/plain": (text) => `<pre>${escapeText(text)}</pre>`,
};

/**
 * A notebook as HTML: its text, its code, and what its code has shown. Who does not see a picture is told
 * the heading of its section.
 *
 * @param notebook The notebook.
 * @param rewrite Where a link of its text leads on the site.
 */
export function renderNotebook(
  notebook: Notebook,
  rewrite: (target: string) => string,
): string {
  let section = "";
  return notebook.cells.map(({ kind, source, outputs }) => {
    if (kind === "markdown") {
      section = outlineMarkdown(source).headings.at(-1) ?? section;
      return renderMarkdown(source, rewrite);
    }
    const shown = outputs.map((output) => renderOutput(output, { section, rewrite })).join("");
    return `<pre><code>${escapeText(source)}</code></pre>\n${shown}`;
  }).join("\n");
}

function picture(section: string, address: string): string {
  return `<img alt="${escapeText(section)}" src="${address}">`;
}

function renderOutput({ data }: CellOutput, around: Surroundings): string {
  const form = Object.keys(FORMS).find((type) => data[type] !== undefined);
  if (form === undefined) return "";
  return `<div class="output">${FORMS[form](data[form], around)}</div>\n`;
}
