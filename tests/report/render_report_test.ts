import assert from "node:assert/strict";
import type { UnfittedResult } from "../../src/pipeline/run/results.ts";
import { renderReport } from "../../src/report/render_report.ts";
import { fakeRun } from "./fake_run.ts";
import { HOSTILE, hostileRun } from "./hostile_run.ts";

/** The words of a page, without markup and style. */
function words(html: string): string {
  return html.replace(/<style>.*?<\/style>/s, "").replace(/<[^>]*>/g, " ").replace(
    /&nbsp;|\s+/g,
    " ",
  );
}

const honest = fakeRun();
const small = fakeRun({ protocol: "tutorial", actors: 1, emotions: 2 });

Deno.test("the report's first sentence names the best row's UAR with interval and n", () => {
  const text = words(renderReport(honest.results, honest.predictions, honest.report));
  const models = honest.results.rows.filter(({ model }) =>
    model !== "chance" && model !== "majority"
  );
  const best = models.reduce((a, b) => b.test.uar > a.test.uar ? b : a);
  const [low, high] = best.test.uarCi95!.map((share) => (100 * share).toFixed(1));
  assert.ok(
    text.includes(`${(100 * best.test.uar).toFixed(1)} % of each emotion’s clips on average`),
  );
  assert.match(
    text,
    new RegExp(
      `by actors it never learned from \\(95 % interval ${low} –\u2060 ${high} %, n = 1080\\)`,
    ),
  );
  assert.match(text, /Chance is 12\.5 %/);
});

Deno.test("the report counts the rows that cannot be told from the best", () => {
  const text = words(renderReport(honest.results, honest.predictions, honest.report));
  const others = honest.results.rows.filter(({ comparison, model }) =>
    comparison && model !== "chance" && model !== "majority"
  );
  const equal = others.filter(({ comparison }) => comparison!.holmP >= 0.05).length;
  assert.ok(equal > 0 && equal < others.length);
  assert.ok(
    text.includes(`Of ${others.length} other rows, ${equal} cannot be told from it`),
    text.slice(0, 900),
  );
});

Deno.test("the report says what is left of the best row without the speaker's own statistics", () => {
  const { results, predictions, report } = honest;
  const best = (keep: (row: typeof results.rows[number]) => boolean) =>
    Math.max(...results.rows.filter(keep).map(({ test }) => test.uar));
  const without = best(({ normalisation }) => normalisation !== "own");
  assert.ok(without < best(() => true));
  assert.ok(
    words(renderReport(results, predictions, report))
      .includes(`without that the best is ${(100 * without).toFixed(1)} %`),
  );
});

Deno.test("a report of rows that all have leaks says not to quote them, and which leak touches which", () => {
  const html = renderReport(small.results, small.predictions, small.report);
  const text = words(html);
  assert.match(text, /No row here is free of leaks.*do not quote it/);
  for (const { text: leak } of small.results.leaks) assert.ok(text.includes(leak));
  const touched = small.results.rows.filter(({ leaks }) => leaks.includes("face-head")).length;
  assert.ok(text.includes(`Touches ${touched} of ${small.results.rows.length - 2} rows`));
});

Deno.test("a clean row is the best although a leaky one has the higher number", () => {
  const { results, predictions, report } = small;
  const worst = results.rows.reduce(
    (low, row, i) =>
      row.model !== "chance" && row.model !== "majority" &&
        row.test.uar < results.rows[low].test.uar
        ? i
        : low,
    0,
  );
  const rows = results.rows.map((row, i) => i === worst ? { ...row, leaks: [] } : row);
  const text = words(renderReport({ ...results, rows }, predictions, report));
  assert.doesNotMatch(text, /do not quote/);
  const { n, accuracy } = rows[worst].test;
  assert.ok(text.includes(`recognises ${Math.round(accuracy * n)} of ${n} test clips`));
});

Deno.test("the report tells how likely a guesser does as well", () => {
  const { results, predictions } = fakeRun({ protocol: "tutorial", actors: 3, emotions: 2 });
  // Six of seven by two emotions, where always saying one is right in half.
  const rows = [{
    ...results.rows[0],
    test: { ...results.rows[0].test, n: 7, accuracy: 6 / 7 },
  }];
  const samples = predictions.samples.slice(0, 7);
  assert.equal(samples.length, 7);
  const html = renderReport({ ...results, rows, majority: 0.5 }, {
    ...predictions,
    samples,
    rows: [{
      ...predictions.rows[0],
      predicted: samples.map(() => 0),
      probabilities: samples.map(() => [0.5, 0.5]),
    }],
  });
  assert.match(
    words(html),
    /6\.3 % of guessers who are right in 50\.0 % of clips would get 6 or more of 7/,
  );
});

Deno.test("the report draws risk against coverage of the best row of each modality", () => {
  const html = renderReport(honest.results, honest.predictions, honest.report);
  const section = /<section id="risk".*?<\/section>/s.exec(html)![0];
  assert.equal(section.match(/"><path class="mean" d="M[\d.]+ [\d.]+L[^"]{100}/g)!.length, 3);
  const best = honest.results.rows.filter(({ modality, model }) =>
    modality === "audio" && model !== "chance" && model !== "majority"
  ).reduce((a, b) => b.test.uar > a.test.uar ? b : a);
  assert.ok(section.includes(`<td class="num">${best.test.aurc!.toFixed(3)}</td>`));
  assert.match(words(section), /right of the surest half/);
});

Deno.test("the report shows the same rows under both protocols with their difference", () => {
  const tutorial = fakeRun({ protocol: "tutorial" });
  const html = renderReport(honest.results, honest.predictions, honest.report, [tutorial.results]);
  const text = words(html);
  assert.match(text, /The same models under tutorial and under speaker-independent/);
  assert.match(text, /The UAR of the 19 rows they share is on average \d+\.\d points lower/);
  const of = (rows: typeof honest.results.rows) =>
    rows.find(({ model, modality }) => model === "lda" && modality === "audio")!.test.uar;
  const difference = 100 * (of(honest.results.rows) - of(tutorial.results.rows));
  assert.ok(difference < 0);
  assert.ok(text.includes(`−${Math.abs(difference).toFixed(1)}`));
  assert.match(text, /What makes the numbers under tutorial doubtful/);
  for (const leak of tutorial.results.leaks) assert.ok(text.includes(leak.text));
});

Deno.test("the report shows accuracies where the UAR has no interval to believe, and needs no report.json", () => {
  const { results, predictions } = small;
  const rows = results.rows.map((row) => ({
    ...row,
    test: { ...row.test, uarCi95: null, auc: null },
    comparison: undefined,
  }));
  const text = words(renderReport({ ...results, rows }, predictions));
  assert.match(text, /Accuracy on the test clips/);
  assert.match(text, /What is taken for what/);
  assert.doesNotMatch(text, /NaN|undefined|null/);
  assert.doesNotMatch(text, /How the networks learned/);
});

Deno.test("the report counts how many clips of each actor the best row gets right", () => {
  const { results, predictions, report } = fakeRun({ actors: 3, emotions: 3 });
  const models = results.rows.filter(({ model }) => model !== "chance" && model !== "majority");
  const best = models.reduce((a, b) => b.test.uar > a.test.uar ? b : a);
  const { predicted } = predictions.rows[results.rows.indexOf(best)];
  const right = predictions.samples
    .filter(({ id, truth }, i) => id.startsWith("a2-") && predicted[i] === truth).length;
  assert.match(
    words(renderReport(results, predictions, report)),
    new RegExp(` 02 .{1,40} ${right}/20 `),
  );
});

Deno.test("nothing in a full report is undefined, and the same input gives the same page", () => {
  const page = () => renderReport(honest.results, honest.predictions, honest.report);
  assert.doesNotMatch(words(page()), /NaN|undefined|null|Infinity/);
  assert.equal(page(), page());
});

Deno.test("hostile names stand in the report as text only", () => {
  const { results, predictions, report } = hostileRun();
  const html = renderReport(results, predictions, report, [results]);
  assert.doesNotMatch(html, /<(script|img|iframe|object|embed|base|form|foreignObject)/i);
  assert.equal(html.match(/<style>/g)?.length, 1);
  // In a tag's name and attributes no event handler may stand.
  for (const [tag] of html.matchAll(/<[a-z][^<>]*>/gi)) {
    assert.doesNotMatch(tag.replace(/"[^"]*"/g, '""'), /\son\w+=|'/, tag);
  }
  for (const unseen of ["\u0000", "\u001b", "\u202e"]) assert.ok(!html.includes(unseen));
  assert.ok(html.includes("&lt;/style&gt;&lt;/title&gt;&lt;script&gt;"));
  assert.equal(HOSTILE.length, html.match(/<li><code><bdi>/g)!.length / 2);
});

Deno.test("the report forbids scripts and loads nothing", () => {
  const html = renderReport(honest.results, honest.predictions, honest.report);
  assert.match(html, /Content-Security-Policy" content="default-src 'none'/);
  assert.doesNotMatch(html, /<script|@import|url\(|\ssrc=/i);
  for (const [, href] of html.matchAll(/href="([^"]*)"/g)) assert.match(href, /^(#|data:,)/);
});

Deno.test("what a protocol says of itself is to be known and makes no row doubtful", () => {
  const { results, predictions, report } = honest;
  const told = {
    ...results,
    leaks: [{ id: "transductive" as const, text: "own samples of all 1080 test samples" }],
    rows: results.rows.map((row) =>
      row.normalisation === "own" ? { ...row, leaks: ["transductive"] } : row
    ),
  };
  const text = words(renderReport(told, predictions, report));
  assert.match(text, /No leak was found/);
  assert.match(text, /No leak, but to be known .*own samples of all 1080 test samples/);
  const best = Math.max(...results.rows.map(({ test }) => test.uar));
  assert.ok(text.includes(`${(100 * best).toFixed(1)} % of each emotion’s clips on average`));
});

Deno.test("the report lists the rows that could not be fitted, and why", () => {
  const { results, predictions, report } = small;
  const unfitted: UnfittedResult[] = [{
    modality: "audio",
    recipe: "tutorial",
    ...{ features: "voice", normalisation: "train", model: "lda", fusion: "none" } as const,
    reason: "fold-1: <too> few",
  }];
  const page = (results: typeof small.results) => words(renderReport(results, predictions, report));
  assert.match(
    page({ ...results, unfitted }),
    /1 row that could not be fitted .*voice: lda \(voice · training statistics\) : fold-1: &lt;too&gt; few/,
  );
  assert.doesNotMatch(page(results), /could not be fitted/);
});

Deno.test("the report shows how well people did on the same clips, where they were asked", () => {
  const { results, predictions } = fakeRun();
  assert.doesNotMatch(renderReport(results, predictions), /People<\/h3>/);
  const scores = { n: 40, accuracy: 0.41, uar: 0.405, uarCi95: [0.35, 0.46] as const };
  const people = [{ modality: "audio" as const, ...scores }];
  const html = renderReport({ ...results, people }, predictions);
  assert.match(html, /heard the voice<\/th>.*40\.5\u00a0?.?%.*35.*46.*41/s);
});

Deno.test("the maps show the samples that were drawn, and say how many there are", () => {
  const { report } = honest;
  const n = report.mapSamples.length;
  const every = report.maps.map((map) => ({ ...map, points: map.points.slice(0, 40) }));
  const mapped = Array.from({ length: 40 }, (_, i) => 2 * i + 1);
  const page = renderReport(honest.results, honest.predictions, { ...report, maps: every, mapped });
  assert.ok(words(page).includes(`40 of the ${n} samples, drawn at random`));
  assert.ok(page.includes("features of 40 samples;"));
  assert.ok(
    words(renderReport(honest.results, honest.predictions, report)).includes(`All ${n} samples`),
  );
});
