import { wilsonInterval } from "../../evaluate/wilson_interval.ts";
import type { RowName } from "../../pipeline/run/results.ts";
import { MODALITY_LABELS, rowTitle } from "../row_label.ts";
import { bestRow, type RunView } from "../run_view.ts";
import { interval, percent, points } from "./format.ts";
import { type Content, markup } from "./markup.ts";
import type { Section } from "./section.ts";
import { shapeIcon } from "./shapes.ts";
import { MODALITIES, MODALITY_MARKS } from "./tones.ts";
import { track, trackScale } from "./track.ts";

/** How much of one emotion a modality's best row finds. */
interface Recall {
  readonly modality: RowName["modality"];
  readonly found: number;
  readonly of: number;
  readonly share: number;
}

/** Which emotions the voice tells, which the face, and what both together add. */
export function recallByModality(view: RunView): Section | null {
  const best = MODALITIES
    .map((modality) => bestRow(view, (row) => row.modality === modality))
    .filter((row) => row !== undefined);
  if (best.length < 2) return null;
  const lines = view.emotions.map((emotion, t) => ({
    emotion,
    recalls: best.map(({ row }): Recall => {
      const { confusion } = row.test;
      const of = confusion[t].reduce((sum, cell) => sum + cell, 0);
      const found = confusion[t][t];
      return { modality: row.modality, found, of, share: of === 0 ? 0 : found / of };
    }).filter(({ of }) => of > 0),
  })).filter(({ recalls }) => recalls.length > 0);
  return {
    id: "modalities",
    short: "Voice or face",
    title: "Where the face helps, where the voice",
    body: markup`${verdict(lines)}
<p>Recall of each emotion by the best row of each modality, with Wilson’s 95 % interval.</p>
<ul class="key">${
      best.map(({ row }) =>
        markup`<li>${
          shapeIcon(MODALITY_MARKS[row.modality].shape, MODALITY_MARKS[row.modality].tone)
        }${MODALITY_LABELS[row.modality]} <small class="soft">${rowTitle(row)}</small></li>`
      )
    }</ul>
<div class="frame"><table class="plot recalls" role="table" aria-label="Recall of each emotion by modality">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader" class="name emotion">emotion</th><th scope="col" role="columnheader" class="line" aria-label="recall, drawn">${trackScale()}</th>${
      best.map(({ row }) =>
        markup`<th scope="col" role="columnheader" class="share num">${
          MODALITY_LABELS[row.modality]
        }</th>`
      )
    }</tr></thead>
<tbody role="rowgroup">${
      lines.map(({ emotion, recalls }) =>
        markup`<tr role="row"><th scope="row" role="rowheader">${emotion}<small class="soft">n = ${
          recalls[0].of
        }</small></th><td role="cell" class="line tall">${
          track(
            recalls.map(({ modality, share, found, of }) => ({
              ...MODALITY_MARKS[modality],
              value: share,
              interval: wilsonInterval(found, of),
            })),
            {
              dashed: [view.results.chance],
              spread: true,
              label: `${emotion}: ${
                recalls.map(({ modality, share, found, of }) =>
                  `${MODALITY_LABELS[modality]} ${percent(share)}, interval ${
                    interval(wilsonInterval(found, of))
                  }`
                ).join("; ")
              }`,
            },
          )
        }</td>${
          recalls.map(({ modality, share, found, of }) =>
            markup`<td role="cell" class="share num meta" data-name="${
              MODALITY_LABELS[modality]
            }"><span>${percent(share)}</span> <small class="soft">${found}/${of}</small></td>`
          )
        }</tr>`
      )
    }</tbody></table></div>`,
  };
}

/** The emotions at which face and voice differ most. */
function verdict(lines: readonly { emotion: string; recalls: readonly Recall[] }[]): Content {
  const gaps = lines.flatMap(({ emotion, recalls }) => {
    const voice = recalls.find(({ modality }) => modality === "audio");
    const face = recalls.find(({ modality }) => modality === "video");
    return voice && face ? [{ emotion, gap: face.share - voice.share }] : [];
  }).toSorted((a, b) => b.gap - a.gap);
  if (gaps.length === 0) return null;
  const [most, least] = [gaps[0], gaps.at(-1)!];
  return markup`<p>${
    most.gap > 0
      ? markup`The face is furthest ahead of the voice on <b>${most.emotion}</b> (${
        points(most.gap)
      } points)`
      : "The face is ahead of the voice on no emotion"
  }; ${
    least.gap < 0
      ? markup`the voice is furthest ahead on <b>${least.emotion}</b> (${
        points(-least.gap)
      } points)`
      : "the voice is ahead of the face on none"
  }.</p>`;
}
