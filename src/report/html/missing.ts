import { MODALITIES } from "../../modality.ts";
import type { MissingRow } from "../../pipeline/run/missing/missing_modality.ts";
import { lacking, type ShownMissing, shownMissing } from "../missing_table.ts";
import { MODALITY_LABELS, rowDetail, rowTitle } from "../row_label.ts";
import type { RunView } from "../run_view.ts";
import { percent } from "./format.ts";
import { type Markup, markup } from "./markup.ts";
import { scrolling, type Section } from "./section.ts";
import { tenths } from "../percent.ts";

/** What fused rows lose where a modality is missing; null for a run that has not looked. */
export function missingSection({ results: { missing = [] } }: RunView): Section | null {
  const shown = shownMissing(missing);
  if (shown.length === 0) return null;
  const table =
    markup`<table><thead><tr><th scope="col">Model</th><th scope="col" class="num">UAR</th>${
      MODALITIES.map((modality) =>
        markup`<th scope="col" class="num">less ${
          MODALITY_LABELS[modality]
        }</th><th scope="col" class="num">points lost</th>`
      )
    }</tr></thead>
<tbody>${shown.map(line)}</tbody></table>`;
  return {
    id: "missing",
    short: "Missing modality",
    title: "What a missing modality costs",
    body: markup`<p>UAR where ${
      missing.map(lacking).join(", and where ")
    }: the same samples for every row, drawn by the seed. Attention sees what is left; decision fusion falls back to the model of the other modality. Of the rules of decision fusion the best one with nothing missing is shown. In brackets the 95 % interval of what is lost, by a bootstrap that draws whole speakers.</p>
${scrolling("UAR with a missing modality", table)}`,
  };
}

function line({ row, without }: ShownMissing): Markup {
  return markup`<tr><th scope="row">${rowTitle(row)}<br><small>${
    rowDetail(row)
  }</small></th><td class="num">${percent(row.complete)}</td>${
    MODALITIES.map((modality) => cells(without.get(modality)))
  }</tr>`;
}

function cells(row: MissingRow | undefined): Markup {
  if (!row) return markup`<td></td><td></td>`;
  const { uar, loss: { difference, ci95 } } = row;
  return markup`<td class="num">${percent(uar)}</td><td class="num">${tenths(difference)}${
    ci95 && ` (${ci95.map(tenths).join(" to ")})`
  }</td>`;
}
