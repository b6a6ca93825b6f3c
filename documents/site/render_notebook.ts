import { escapeText } from "../../src/report/html/markup.ts";
import type { CellOutput, Notebook } from "./read_notebook.ts";
import { renderMarkdown } from "./markdown.ts";

/** The forms of an output that are shown, the best first. */
const FORMS: Readonly<
  Record<string, (content: string, rewrite: (target: string) => string) => string>
> = {
  "image/svg+xml": (svg) => `<img alt="" src="data:image/svg+xml,${encodeURIComponent(svg)}">`,
  "image/png": (png) => `<img alt="" src="data:image/png;base64,${png.replaceAll("\n", "")}">`,
  "text/markdown": renderMarkdown,
  "text/plain": (text) => `<pre>${escapeText(text)}</pre>`,
};

/**
 * A notebook as HTML: its text, its code, and what its code has shown.
 *
 * @param notebook The notebook.
 * @param rewrite Where a link of its text leads on the site.
 */
export function renderNotebook(
  notebook: Notebook,
  rewrite: (target: string) => string,
): string {
  return notebook.cells.map(({ kind, source, outputs }) =>
    kind === "markdown"
      ? renderMarkdown(source, rewrite)
      : `<pre><code>${escapeText(source)}</code></pre>\n${
        outputs.map((output) => renderOutput(output, rewrite)).join("")
      }`
  ).join("\n");
}

function renderOutput({ data }: CellOutput, rewrite: (target: string) => string): string {
  const form = Object.keys(FORMS).find((type) => data[type] !== undefined);
  if (form === undefined) return "";
  return `<div class="output">${FORMS[form](data[form], rewrite)}</div>\n`;
}
