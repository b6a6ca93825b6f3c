import type { OpenPlan, Stage } from "../../src/plan/plan.ts";
import { planCommand } from "../../src/plan/plan_command.ts";
import { placesOf } from "../../src/plan/plan_places.ts";
import type { FailureCount, PlanStatus, ShardStatus } from "../../src/plan/plan_status.ts";
import { fitTable } from "../../src/terminal/fit_table.ts";
import { wrapText } from "../../src/terminal/wrap_text.ts";

/** How many of the slowest shards, and of the reasons of failures, are shown. */
const SHOWN = 5;

/** What was planned, and what does it. */
export function planLines(open: OpenPlan): string[] {
  const { dir, plan } = open;
  const { samples, extract, folds } = plan;
  const { store } = placesOf(open, { workers: 1 }, dir);
  const first = (stage: Stage) =>
    `${planCommand(open, store, { stage, shard: 0 })}  # to ${plan[stage].length - 1}`;
  const names = new Set(folds.map(({ fold }) => fold)).size;
  return [
    `${samples.count} samples, ${Math.round(samples.seconds)} s of media at most`,
    `extract: ${extract.length} shards of about ${
      Math.round(samples.seconds / extract.length)
    } s each`,
    `folds: ${folds.length} steps, ${names} folds x ${folds.length / names} recipes`,
    "",
    first("extract"),
    first("folds"),
    planCommand(open, store),
  ];
}

/** How far the work on a plan is. */
export function statusLines(
  { plan }: OpenPlan,
  { stages, failures, skipped }: PlanStatus,
  width: number | undefined,
): string[] {
  const count = (shards: readonly ShardStatus[], state: ShardStatus["state"]) =>
    String(shards.filter((shard) => shard.state === state).length);
  const states = ["done", "running", "silent", "failed", "waiting"] as const;
  const columns = [
    { title: "stage" },
    { title: "shards", align: "right" as const },
    ...states.map((title) => ({ title, align: "right" as const })),
  ];
  const rows = Object.entries(stages).map(([stage, shards]) => [
    stage,
    String(shards.length),
    ...states.map((state) => count(shards, state)),
  ]);
  const extracted = stages.extract.reduce(
    (sum, { state, done }, i) => sum + (state === "done" ? plan.extract[i].samples : done),
    0,
  );
  return [
    fitTable({ columns, rows }, width),
    `${extracted} of ${plan.samples.count} samples decoded and embedded`,
    ...slowest(stages, width),
    ...reasons("attempts that failed", failures, width),
    ...reasons("files that were skipped", skipped, width),
  ];
}

function slowest(stages: PlanStatus["stages"], width: number | undefined): string[] {
  const begun = Object.entries(stages)
    .flatMap(([stage, shards]) => shards.map((shard) => ({ stage, ...shard })))
    .filter(({ state }) => state !== "waiting")
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, SHOWN);
  if (begun.length === 0) return [];
  const right = { align: "right" as const };
  const columns = [
    { title: "slowest" },
    { title: "state" },
    { title: "done", ...right },
    { title: "seconds", ...right },
    { title: "attempts", ...right, spare: true },
    { title: "machine", spare: true },
  ];
  const rows = begun.map(({ stage, shard, state, done, total, seconds, attempts, host }) => [
    `${stage} ${shard}`,
    state,
    `${done}/${total}`,
    seconds.toFixed(1),
    String(attempts),
    host,
  ]);
  return ["", fitTable({ columns, rows }, width)];
}

function reasons(
  what: string,
  found: readonly FailureCount[],
  width: number | undefined,
): string[] {
  if (found.length === 0) return [];
  const all = found.reduce((sum, { count }) => sum + count, 0);
  const more = found.length - SHOWN;
  return [
    "",
    `${what}: ${all}`,
    ...found.slice(0, SHOWN).map(({ reason, count }) => wrapText(`  ${count} x ${reason}`, width)),
    ...more > 0 ? [`  and ${more} more reasons`] : [],
  ];
}
