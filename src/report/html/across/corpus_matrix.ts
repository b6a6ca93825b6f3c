import type { CellScores } from "../../../pipeline/run/corpus_matrix.ts";
import { OTHERS } from "../../../split/protocol.ts";
import { type CorpusGrid, corpusGrids } from "../../corpus_grid.ts";
import { MODALITY_LABELS, rowDetail, rowTitle } from "../../row_label.ts";
import type { RunView } from "../../run_view.ts";
import { Markup, markup } from "../markup.ts";
import { scrolling, type Section } from "../section.ts";
import { tenths } from "../../percent.ts";

/** How well models of each corpus do on each; null for a run that has no matrix. */
export function corpusMatrix({ results }: RunView): Section | null {
  const grids = corpusGrids(results);
  if (grids.length === 0) return null;
  const chance = 100 * results.chance;
  return {
    id: "corpora",
    short: "Across corpora",
    title: "What travels from corpus to corpus",
    body:
      markup`<p>A line is what was learned from, a column what was tested: UAR in per cent, its 95 % interval below (whole speakers of the tested corpus are drawn), the darker the further above chance, ${
        chance.toFixed(1)
      } %. Framed: a corpus by itself, over folds of its speakers. “${OTHERS}”: all corpora but the tested one. Of each normalisation the row that does best on corpora it never met.</p>
<div class="cards">${grids.map((grid) => card(grid, results.chance))}</div>`,
  };
}

function card({ row, tested, lines }: CorpusGrid, chance: number): Markup {
  const table = markup`<table class="heat"><caption>${rowDetail(row)}</caption>
<thead><tr><th scope="col"><span class="soft">learned from</span></th>${
    tested.map((name) => markup`<th scope="col">${name}</th>`)
  }</tr></thead>
<tbody>${
    lines.map(({ trained, cells }) =>
      markup`<tr><th scope="row">${trained}</th>${cells.map((cell) => square(cell, chance))}</tr>`
    )
  }</tbody></table>`;
  return markup`<div class="card"><h3>${MODALITY_LABELS[row.modality]}: ${rowTitle(row)}</h3>${
    scrolling(`UAR across corpora, ${rowDetail(row)}`, table)
  }</div>`;
}

function square(cell: CellScores | undefined, chance: number): Markup {
  if (!cell) return markup`<td aria-label="none"></td>`;
  const { train, test, uar, uarCi95, n, speakers } = cell;
  const share = Math.max(0, (uar - chance) / (1 - chance));
  const style = new Markup(`--share:${Math.round(60 * share)}%`);
  const interval = uarCi95?.map(tenths).join("–");
  return markup`<td${
    train === test && markup` class="hit"`
  } style="${style}" title="${n} samples of ${speakers} speakers">${tenths(uar)}${
    interval && markup`<br><small>${interval}</small>`
  }</td>`;
}
