import { recipes } from "../pipeline/recipes/registry.ts";
import type { Results, RowName } from "../pipeline/run/results.ts";
import { isBaseline } from "./row_label.ts";

/** A row as versions wrote it that did not say of which recipe it is. */
type OldRow = Omit<RowName, "recipe"> & Partial<Pick<RowName, "recipe">>;

/** Results of any version whose rows say of which of the run's recipes they are. */
export function withRecipes(results: Results): Results {
  const named = <R extends OldRow>(row: R) => ({
    ...row,
    recipe: row.recipe ?? recipeOfRow(row, results.config.recipes),
  });
  const { rows, unfitted } = results;
  return { ...results, rows: rows.map(named), ...unfitted && { unfitted: unfitted.map(named) } };
}

/** The recipe with the row's features and normalisation; nothing of a baseline, or where there is none. */
function recipeOfRow(row: OldRow, plans: Results["config"]["recipes"] = []): string {
  if (isBaseline(row)) return "";
  const [first] = row.features.split("+");
  const fits = plans.filter(({ normalisation }) => normalisation === row.normalisation)
    .map(({ recipe }) => recipe);
  const found = recipes().find(({ name, features }) =>
    fits.includes(name) && Object.values(features).flat().includes(first)
  );
  return found?.name ?? "";
}
