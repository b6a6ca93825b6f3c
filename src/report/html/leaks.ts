import { isDisclosed } from "../../evaluate/is_disclosed.ts";
import type { Results } from "../../pipeline/run/results.ts";
import type { RunView } from "../run_view.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import { rowLabel } from "../row_label.ts";
import { count } from "./format.ts";
import { folded, type Section } from "./section.ts";

/** Letters of the leaks that touch a row. */
export function leakLetters(
  marks: RunView["marks"],
  ids: readonly string[],
): Content {
  return ids.map((id) => letter(marks.get(id) ?? "?"));
}

/** What was looked for and found that makes results better than they should be. */
export function leakList(view: RunView): Section {
  const { results, marks, ranked } = view;
  const { protocol } = results.config;
  const { speaker, label } = results.corpus.words;
  const leaks = results.leaks.filter(({ id }) => !isDisclosed(id, protocol));
  const disclosed = results.leaks.filter(({ id }) => isDisclosed(id, protocol));
  const warned = ranked.filter(({ row }) => row.warnings.length > 0);
  const unfitted = results.unfitted ?? [];
  const clean = ranked.filter(({ clean }) => clean).length;
  const list = (found: Results["leaks"]) =>
    markup`<ul class="leaks">${
      found.map(({ id, text }) => {
        const touched = ranked.filter(({ row }) => row.leaks.includes(id)).length;
        return markup`<li>${
          letter(marks.get(id)!)
        }<div><b>${id}</b>: ${text}. <span class="soft">Touches ${touched} of ${
          count(ranked.length, "row")
        }.</span></div></li>`;
      })
    }</ul>`;
  return {
    id: "leaks",
    short: "Leaks",
    title: leaks.length === 0
      ? "No leak was found"
      : `${count(leaks.length, "leak")} found in this run`,
    body:
      markup`<p>Looked for in what was really done, not in the protocol’s description: twins on both sides of a split, ${speaker.many} on both sides, ${label.many} only one ${speaker.one} plays, anything fitted on test clips, silent sound.${
        leaks.length > 0 &&
        ` ${clean} of ${count(ranked.length, "row")} ${clean === 1 ? "is" : "are"} free of them.`
      }</p>
${leaks.length > 0 && list(leaks)}
${disclosed.length > 0 && markup`<h3>No leak, but to be known</h3>${list(disclosed)}`}
${
        warned.length > 0 && folded(
          `Warnings of ${count(warned.length, "row")}`,
          markup`<ul class="files">${
            warned.map(({ row }) =>
              markup`<li><b>${rowLabel(row)}</b>: ${row.warnings.join("; ")}</li>`
            )
          }</ul>`,
        )
      }
${
        unfitted.length > 0 && folded(
          `${count(unfitted.length, "row")} that could not be fitted`,
          markup`<ul class="files">${
            unfitted.map((row) => markup`<li><b>${rowLabel(row)}</b>: ${row.reason}</li>`)
          }</ul>`,
        )
      }`,
  };
}

function letter(mark: string): Markup {
  return markup`<span class="letter">${mark}</span> `;
}
