import type { ReportData } from "../../pipeline/run/report_data.ts";
import type { Results } from "../../pipeline/run/results.ts";
import { flatten } from "../flatten.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import { folded, type Section } from "./section.ts";

/** Everything that is needed to run this again. */
export function repeat(results: Results, report?: ReportData): Section {
  const { config, corpus, backbone, ear, folds, provenance } = results;
  return {
    id: "repeat",
    short: "Repeat",
    title: "Run it again",
    body: markup`${
      report
        ? markup`<pre>${report.command}</pre>`
        : markup`<p>This run left no command behind; its settings are below.</p>`
    }
<p>The same clips, settings and seed give the same <code>results.json</code>, byte for byte but for what is under “origin” here, on the same machine.</p>
<h3>Fingerprints</h3>
<dl><dt>clips, SHA-256</dt><dd><code>${corpus.sha256}</code></dd>${
      backbone &&
      markup`<dt>weights of ${backbone.name}</dt><dd><code>${backbone.weightsSha256}</code></dd>`
    }${
      ear && markup`<dt>weights of ${ear.name}</dt><dd><code>${ear.weightsSha256}</code></dd>`
    }</dl>
${folded("Settings", list(flatten(config)))}
${
      folded(
        `Folds (${folds.length})`,
        list(folds.map(({ name, train, test }) => [
          name,
          `${train} to train; ${test.length} to test: ${test.join(", ")}`,
        ])),
      )
    }
${folded("Origin: versions and machine", list(flatten(provenance)))}`,
  };
}

function list(entries: readonly (readonly [string, string])[]): Markup {
  return markup`<dl>${
    entries.map(([name, value]): Content => markup`<dt>${name}</dt><dd>${value}</dd>`)
  }</dl>`;
}
