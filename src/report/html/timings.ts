import type { ReportData } from "../../pipeline/run/report_data.ts";
import { duration, percent } from "./format.ts";
import { markup } from "./markup.ts";
import type { Section } from "./section.ts";

/** Where the time went. */
export function timings({ timings }: ReportData): Section | null {
  const total = timings.reduce((sum, { seconds }) => sum + seconds, 0);
  if (total <= 0) return null;
  return {
    id: "time",
    short: "Time",
    title: `Where ${duration(total)} went`,
    body:
      markup`<div class="frame"><table class="bars"><caption>Time of each stage, in order</caption>
<thead><tr><th scope="col">stage</th><th scope="col" class="num">time</th><th scope="col" class="num">share</th><th scope="col"><span class="soft">drawn</span></th></tr></thead><tbody>${
        timings.map(({ stage, seconds }) =>
          markup`<tr><th scope="row">${stage}</th><td class="num">${
            duration(seconds)
          }</td><td class="num">${
            percent(seconds / total)
          }</td><td class="bar"><svg aria-hidden="true"><rect x="0" y="15%" height="70%" width="${
            (100 * seconds / total).toFixed(2)
          }%" rx="2"/></svg></td></tr>`
        )
      }</tbody></table></div>`,
  };
}
