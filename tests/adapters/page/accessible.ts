import { fileURLToPath } from "node:url";

/** The script of axe-core, for {@linkcode VIOLATIONS}. */
export async function axeSource(): Promise<string> {
  return await Deno.readTextFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")));
}

/** What axe-core finds wrong by the rules of WCAG 2.2 A and AA, and its own best practices. */
export const VIOLATIONS =
  `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ")))`;

/** What a finger would miss: controls that are shown and lower than 44 CSS pixels (WCAG 2.2, 2.5.5). */
export const SMALL =
  `[...document.querySelectorAll("button, input, select, summary, .choices label")]
  .filter((e) => e.getClientRects().length > 0 && !["checkbox", "radio"].includes(e.type))
  .filter((e) => e.getBoundingClientRect().height < 44 - 0.5)
  .map((e) => e.outerHTML + " " + e.getBoundingClientRect().height)`;
