import { PROTOCOLS } from "../../split/protocols/registry.ts";
import type { Results } from "../../pipeline/run/results.ts";
import { type MatchedRow, matchRows } from "../match_rows.ts";
import { rowLabel } from "../row_label.ts";
import { count, percent, points } from "./format.ts";
import { matchedRows, seriesKey } from "./matched_rows.ts";
import { type Content, markup } from "./markup.ts";
import type { Section } from "./section.ts";

/** The same models under several protocols: what a leaky protocol adds to a number. */
export function protocols(results: Results, also: readonly Results[]): Section | null {
  // The protocol that allows most comes first: what is lost from its numbers is the point.
  const runs = [results, ...also].toSorted((a, b) => rank(a) - rank(b));
  const matched = matchRows(runs).filter(({ rows }) => rows.every((row) => row));
  if (also.length === 0 || matched.length === 0) return null;
  const series = runs.map(({ config, chance }) => ({ label: config.protocol, chance }));
  return {
    id: "protocols",
    short: "Protocols",
    title: `The same models under ${series.map(({ label }) => label).join(" and under ")}`,
    body: markup`${verdict(series.map(({ label }) => label), matched)}
${seriesKey(series)}
${matchedRows(series, matched)}
${runs.map(doubts)}`,
  };
}

/** What makes the numbers under one protocol doubtful. */
function doubts({ config: { protocol }, leaks }: Results): Content {
  return leaks.length > 0 && markup`<h3>What makes the numbers under ${protocol} doubtful</h3>
<ul>${leaks.map(({ id, text }) => markup`<li><b>${id}</b>: ${text}</li>`)}</ul>`;
}

function rank({ config: { protocol } }: Results): number {
  const at = PROTOCOLS.findIndex(({ name }) => name === protocol);
  return at < 0 ? PROTOCOLS.length : at;
}

function verdict(labels: readonly string[], matched: readonly MatchedRow[]): Content {
  const changes = matched.map(({ name, rows }) => {
    const [from, to] = [rows[0]!.test.uar, rows.at(-1)!.test.uar];
    return { name, from, to, change: to - from };
  }).toSorted((a, b) => a.change - b.change);
  const mean = changes.reduce((sum, { change }) => sum + change, 0) / changes.length;
  const [first, last] = [labels[0], labels.at(-1)];
  const worst = changes[0];
  return markup`<p>The UAR of the ${count(matched.length, "row")} they share is on average <b>${
    points(Math.abs(mean)).slice(1)
  } points ${mean < 0 ? "lower" : "higher"}</b> under ${last} than under ${first}${
    worst.change < 0 &&
    markup`. It falls most for ${rowLabel(worst.name)}: from ${percent(worst.from)} to ${
      percent(worst.to)
    }`
  }. Tested on ${matched[0].rows.map((row) => row!.test.n).join(" and ")} samples.</p>`;
}
