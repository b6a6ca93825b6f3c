import type { CorpusWords } from "../../corpus/words.ts";
import type { ReportData } from "../../pipeline/run/report_data.ts";
import { percent } from "./format.ts";
import { Markup, markup } from "./markup.ts";
import type { Section } from "./section.ts";
import { SHAPE_NAMES, shapeIcon, shapePath } from "./shapes.ts";
import { tone } from "./tones.ts";

const WIDTH = 320, HEIGHT = 260, EDGE = 10;
const METHODS = { pca: "PCA", umap: "UMAP" };

/** Every sample as a mark in the plane: what the features alone hold together. */
export function featureMaps(
  { maps, mapSamples: all, mapped }: ReportData,
  emotions: readonly string[],
  { speaker: { one } }: CorpusWords,
): Section | null {
  const samples = mapped ? mapped.map((i) => all[i]) : all;
  if (maps.length === 0 || samples.length < 2) return null;
  const which = mapped
    ? `${mapped.length} of the ${all.length} samples, drawn at random`
    : `All ${all.length} samples`;
  return {
    id: "maps",
    short: "Feature maps",
    title: "What the features hold together",
    body:
      markup`<p>${which}, placed by their standardised features without a look at the labels. PCA keeps distances as well as a plane can; UMAP keeps neighbours, and its distances and empty spaces mean nothing. Where marks gather by ${one} instead of by emotion, a model must first learn to ignore who speaks.</p>
<ul class="key">${
        emotions.map((emotion, i) => markup`<li>${shapeIcon(i, tone(i))}${emotion}</li>`)
      }</ul>
<div class="cards maps">${maps.map((map) => drawMap(map, samples, emotions, one))}</div>`,
  };
}

function drawMap(
  { features, method, points, explained }: ReportData["maps"][number],
  samples: ReportData["mapSamples"],
  emotions: readonly string[],
  speakerWord: string,
): Markup {
  const scale = scaleOf(points);
  const size = points.length > 300 ? 3 : points.length > 100 ? 3.8 : 5;
  const near = neighbourShares(points, samples);
  return markup`<div class="card"><h3>${features}, ${METHODS[method]}</h3>
<svg class="map" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${
    METHODS[method]
  } of the ${features} features of ${points.length} samples; the nearest neighbour has the same emotion in ${
    percent(near.emotion)
  } and is of the same ${speakerWord} in ${percent(near.speaker)}">${
    emotions.map((emotion, i) => {
      const path = points
        .filter((_, s) => samples[s].label === emotion)
        .map((point) => shapePath(i, size, ...scale(point)))
        .join("");
      return path !== "" &&
        markup`<g class="${tone(i)}"><title>${emotion} (${
          SHAPE_NAMES[i % SHAPE_NAMES.length]
        })</title><path class="mark" d="${new Markup(path)}"/></g>`;
    })
  }</svg>
<small class="soft">A sample’s nearest neighbour on this map shows the same emotion in <b>${
    percent(near.emotion)
  }</b> of cases (by chance ${percent(near.emotionByChance)})${
    near.speakerByChance < 1 &&
    markup` and the same ${speakerWord} in <b>${percent(near.speaker)}</b> (by chance ${
      percent(near.speakerByChance)
    })`
  }; n = ${points.length}.${
    explained !== undefined && ` The two axes hold ${percent(explained)} of the variance.`
  }</small></div>`;
}

/** Brings points into the picture, with the same scale on both axes. */
function scaleOf(points: readonly (readonly [number, number])[]) {
  const range = (axis: 0 | 1) => {
    const values = points.map((point) => point[axis]).filter(Number.isFinite);
    return { low: Math.min(...values), high: Math.max(...values) };
  };
  const [x, y] = [range(0), range(1)];
  const zoom = Math.min(
    (WIDTH - 2 * EDGE) / (x.high - x.low || 1),
    (HEIGHT - 2 * EDGE) / (y.high - y.low || 1),
  );
  return ([px, py]: readonly [number, number]): [number, number] => [
    WIDTH / 2 + zoom * (px - (x.low + x.high) / 2),
    HEIGHT / 2 - zoom * (py - (y.low + y.high) / 2),
  ];
}

/** How often a sample's nearest neighbour shares its emotion, and its speaker; and by chance. */
function neighbourShares(
  points: readonly (readonly [number, number])[],
  samples: ReportData["mapSamples"],
) {
  const n = points.length;
  let [emotion, speaker, emotionPairs, speakerPairs] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    let nearest = -1, least = Infinity;
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const distance = (points[i][0] - points[j][0]) ** 2 + (points[i][1] - points[j][1]) ** 2;
      if (distance < least) [nearest, least] = [j, distance];
      if (samples[i].label === samples[j].label) emotionPairs++;
      if (samples[i].speaker === samples[j].speaker) speakerPairs++;
    }
    if (nearest < 0) continue;
    if (samples[i].label === samples[nearest].label) emotion++;
    if (samples[i].speaker === samples[nearest].speaker) speaker++;
  }
  const pairs = n * (n - 1);
  return {
    emotion: emotion / n,
    speaker: speaker / n,
    emotionByChance: emotionPairs / pairs,
    speakerByChance: speakerPairs / pairs,
  };
}
