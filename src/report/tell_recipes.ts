import type { Results, RowName } from "../pipeline/run/results.ts";

/**
 * The same results for people to read: where there are rows of one recipe only, none is named, for it tells
 * no row from another.
 */
export function tellRecipes<
  R extends Pick<Results, "rows" | "unfitted" | "matrix" | "missing" | "groups">,
>(
  results: readonly R[],
): R[] {
  const names = results.flatMap(({ rows, unfitted = [] }) =>
    [...rows, ...unfitted].map(({ recipe }) => recipe)
  );
  if (new Set(names.filter((name) => name !== "")).size > 1) return [...results];
  return results.map((result) => ({
    ...result,
    rows: result.rows.map(untold),
    unfitted: result.unfitted?.map(untold),
    matrix: result.matrix && { ...result.matrix, rows: result.matrix.rows.map(untold) },
    missing: result.missing?.map((one) => ({ ...one, rows: one.rows.map(untold) })),
    groups: result.groups?.map((group) => ({ ...group, rows: group.rows.map(untold) })),
  }));
}

function untold<R extends RowName>(row: R): R {
  return { ...row, recipe: "" };
}
