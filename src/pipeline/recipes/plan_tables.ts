import type { TableOfFeatures } from "../config.ts";
import { TableError } from "../tables/table_error.ts";
import type { RecipePlan } from "./recipe.ts";
import { findRecipe } from "./registry.ts";

/**
 * The plans of a run with those of its tables: every recipe whose models are no networks once more with each
 * table in the place of its own features, and with a table of each modality where both have one.
 *
 * @throws {TableError} If there are tables and no recipe takes them.
 */
export function planTables(
  plans: readonly RecipePlan[],
  tables: readonly TableOfFeatures[],
): RecipePlan[] {
  if (tables.length === 0) return [...plans];
  const able = plans.filter(({ recipe: name }) => {
    const { late, joint } = findRecipe(name);
    return !late && !joint;
  });
  if (able.length === 0) {
    throw new TableError(
      tables[0].name,
      "no recipe of this run takes features of a table: ask for statistics",
    );
  }
  const of = (modality: string) => tables.filter((table) => table.modality === modality);
  const choices: NonNullable<RecipePlan["features"]>[] = [
    ...tables.map(({ name, modality }) => ({ [modality]: name })),
    ...of("audio").flatMap((audio) =>
      of("video").map((video) => ({ audio: audio.name, video: video.name }))
    ),
  ];
  return [...plans, ...able.flatMap((plan) => choices.map((features) => ({ ...plan, features })))];
}
