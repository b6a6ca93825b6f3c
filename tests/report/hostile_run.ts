import { type FakeRun, fakeRun } from "./fake_run.ts";

/** What a file name must not be able to do: elements, attributes, comments, entities, direction marks. */
export const HOSTILE = [
  `"><img src=x onerror=document.title='hacked'>.mp4`,
  `</style></title><script>document.title='hacked'</script>`,
  `' onmouseover='alert(1)`,
  `<!-- &lt;b&gt; &#x3c;svg/onload=alert(1)&#x3e;`,
  `evil\u202e4pm.exe\u0000\u001b[31m\ud800`,
  "${alert(1)}`${alert(1)}`",
];

/** A run in which every text that comes from outside tries to break out. */
export function hostileRun(): FakeRun {
  const { results, predictions, report } = fakeRun({
    protocol: "tutorial",
    actors: 2,
    emotions: 3,
  });
  const text = HOSTILE.join(" ");
  const files = HOSTILE.map((file) => ({ file, reason: text }));
  return {
    results: {
      ...results,
      corpus: { ...results.corpus, skipped: files, warnings: files, sha256: text },
      backbone: { name: text, weightsSha256: text },
      folds: results.folds.map((fold) => ({ ...fold, name: text, test: HOSTILE })),
      leaks: results.leaks.map((leak) => ({ ...leak, text })),
      rows: results.rows.map((row) => ({ ...row, features: text, warnings: HOSTILE })),
      provenance: { ...results.provenance, [text]: text },
    },
    predictions,
    report: {
      ...report,
      curves: report.curves.map((curve) => ({ ...curve, model: text })),
      maps: report.maps.map((map) => ({ ...map, features: text })),
      timings: report.timings.map((timing) => ({ ...timing, stage: text })),
      command: text,
    },
  };
}
