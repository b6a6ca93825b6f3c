import { Mlp } from "../classify/mlp.ts";
import { LATE_RULES } from "../fusion/registry.ts";
import { Matrix } from "../nn/matrix.ts";
import { classifierRow, fitOn, rowName } from "./fold_tools.ts";
import type { Fold, FoldRow } from "./fold.ts";
import type { RowName } from "./results.ts";
import type { NetworkDeciders } from "./deciders.ts";

/** Rows of late fusion: a small network on the features that the unimodal networks learned. */
export function lateRows(fold: Fold, networks: NetworkDeciders): FoldRow[] {
  const learned = unimodalFeatures(fold, networks);
  return LATE_RULES.map((rule) =>
    fusionNetworkRow(
      fold,
      rowName(fold, "fused", "mlp", rule.name),
      rule.combine(learned),
      rule.weighsModalities ? learned.length : 1,
    )
  );
}

/**
 * The row of hybrid fusion, early and late together: the features that the early-fusion network
 * learned beside those of the unimodal networks, as input of one fusion network.
 */
export function hybridRow(fold: Fold, networks: NetworkDeciders): FoldRow {
  const early = networks.early!.embed(fold.fused!);
  return fusionNetworkRow(
    fold,
    rowName(fold, "fused", "mlp", "hybrid"),
    Matrix.concatColumns([early, ...unimodalFeatures(fold, networks)]),
    1,
  );
}

/** What the unimodal networks learned of every sample: one matrix [samples, 128] a modality. */
function unimodalFeatures(fold: Fold, networks: NetworkDeciders): Matrix[] {
  return [...networks.unimodal].map(([name, network]) => network.embed(fold.features.get(name)!));
}

function fusionNetworkRow(
  fold: Fold,
  row: RowName,
  x: Matrix,
  weightedParts: number,
): FoldRow {
  fold.announce(row.fusion);
  const network = new Mlp({ seed: fold.seed(row.fusion), weightedParts });
  const name = `${row.fusion} of ${row.features}`;
  fitOn(fold, network, x, fold.job.train, { name });
  fold.log.curve(name, network.history);
  const result = classifierRow(fold, row, network, x);
  fold.save(row.fusion, network.state());
  network.dispose();
  return result;
}
