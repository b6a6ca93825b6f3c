import type { ReportData, ShardTiming } from "../../pipeline/run/report_data.ts";
import { duration, percent } from "./format.ts";
import { type Markup, markup } from "./markup.ts";
import type { Section } from "./section.ts";

/** Where the time went. */
export function timings({ timings, shards = [] }: ReportData): Section | null {
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
      }</tbody></table></div>${shards.length > 0 ? shardTimes(shards) : ""}`,
  };
}

/** Shards that are shown one by one: the slowest. */
const SHOWN = 20;

/** What other machines did, which is not among the stages. */
function shardTimes(shards: readonly ShardTiming[]): Markup {
  const total = shards.reduce((sum, { seconds }) => sum + seconds, 0);
  const hosts = new Set(shards.map(({ host }) => host)).size;
  const slowest = shards.toSorted((a, b) => b.seconds - a.seconds).slice(0, SHOWN);
  return markup`<p>Decoding, embedding and fitting were done before, in ${shards.length} shards on ${hosts} ${
    hosts === 1 ? "machine" : "machines"
  }: ${duration(total)} in all.</p>
<div class="frame"><table><caption>Time of each shard, the slowest ${slowest.length} of ${shards.length}</caption>
<thead><tr><th scope="col">shard</th><th scope="col">what</th><th scope="col">machine</th><th scope="col" class="num">time</th></tr></thead><tbody>${
    slowest.map(({ stage, shard, what, host, seconds }) =>
      markup`<tr><th scope="row">${stage} ${shard}</th><td>${what}</td><td>${host}</td><td class="num">${
        duration(seconds)
      }</td></tr>`
    )
  }</tbody></table></div>`;
}
