import { Mlp } from "../../classify/networks/mlp.ts";
import { SampleTable } from "../../evaluate/sample_table.ts";
import { createLateRule, LATE_FUSION_NAMES } from "../../fusion/registry.ts";
import { type NetworkDeciders, whyUnfitted } from "./deciders.ts";
import { classifierRow, fitOn, rowName, rowOrReason } from "./fold_tools.ts";
import type { Fold, FoldRow, UnfittedRow } from "./fold.ts";
import type { RowName } from "../run/row_name.ts";

/** Rows of late fusion: a small network on the features that the unimodal networks learned. */
export function lateRows(fold: Fold, networks: NetworkDeciders): (FoldRow | UnfittedRow)[] {
  const why = whyUnfitted(networks, { early: false });
  const learned = why === "" ? unimodalFeatures(fold, networks) : [];
  return LATE_FUSION_NAMES.map((name) => {
    const rule = createLateRule(name);
    const row = rowName(fold, "fused", "mlp", name);
    if (why !== "") return { ...row, unfitted: why };
    const weightedParts = rule.weighsModalities ? learned.length : 1;
    return fusionNetworkRow(fold, row, SampleTable.combine(rule, learned), weightedParts);
  });
}

/**
 * The row of hybrid fusion, early and late together: the features that the early-fusion network
 * learned beside those of the unimodal networks, as input of one fusion network.
 */
export function hybridRow(fold: Fold, networks: NetworkDeciders): FoldRow | UnfittedRow {
  const row = rowName(fold, "fused", "mlp", "hybrid");
  const why = whyUnfitted(networks, { early: true });
  if (why !== "") return { ...row, unfitted: why };
  const early = fold.fused!.embed(networks.early!);
  const x = SampleTable.concat([early, ...unimodalFeatures(fold, networks)]);
  return fusionNetworkRow(fold, row, x, 1);
}

/** What the unimodal networks learned of every sample: one table [samples, 128] a modality. */
function unimodalFeatures(fold: Fold, networks: NetworkDeciders): SampleTable[] {
  return [...networks.unimodal].map(([name, network]) => fold.features.get(name)!.embed(network));
}

function fusionNetworkRow(
  fold: Fold,
  row: RowName,
  x: SampleTable,
  weightedParts: number,
): FoldRow | UnfittedRow {
  fold.announce(row.fusion);
  const network = new Mlp({ seed: fold.seed(row.fusion), weightedParts });
  const name = `${row.fusion} of ${row.features}`;
  const result = rowOrReason(row, () => {
    fitOn(fold, network, x, fold.job.train, { name });
    fold.log.curve(name, network.history);
    fold.save(row.fusion, network.state());
    return classifierRow(fold, row, network, x);
  });
  network.dispose();
  return result;
}
