import assert from "node:assert/strict";
import { featureMap, MIN_UMAP_SAMPLES } from "../../src/evaluate/feature_map.ts";
import { principalComponents } from "../../src/evaluate/principal_components.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";

/** Samples of some well separated groups: group `i % groups` has its own centre in `cols` dimensions. */
function clusters(rows: number, cols: number, groups: number): Matrix {
  const random = new Random(3);
  const centres = Array.from(
    { length: groups },
    () => Array.from({ length: cols }, () => 4 * random.normal()),
  );
  return Matrix.fromRows(
    Array.from({ length: rows }, (_, i) => centres[i % groups].map((c) => c + random.normal())),
  );
}

/** Share of points whose nearest neighbour has the same number modulo `groups`. */
function sameNeighbour(points: readonly (readonly [number, number])[], groups: number): number {
  const same = points.filter(([x, y], i) => {
    const distances = points.map(([u, v], j) => j === i ? Infinity : Math.hypot(u - x, v - y));
    return distances.indexOf(Math.min(...distances)) % groups === i % groups;
  });
  return same.length / points.length;
}

Deno.test("principalComponents() equals scikit-learn's on standardised features", () => {
  const { x, scores, explained } = JSON.parse(
    Deno.readTextFileSync(new URL("../fixtures/pca/correlated.json", import.meta.url)),
  );
  const found = principalComponents(Matrix.fromRows(x), 3, 1);
  for (let i = 0; i < x.length; i++) {
    for (let c = 0; c < 3; c++) {
      assert.ok(Math.abs(found.scores[i][c] - scores[i][c]) < 1e-6, `sample ${i}, component ${c}`);
    }
  }
  explained.forEach((share: number, c: number) =>
    assert.ok(Math.abs(found.explained[c] - share) < 1e-9)
  );
});

Deno.test("featureMap() keeps groups that are apart in many dimensions apart in two", () => {
  const { umap } = featureMap(clusters(120, 200, 6), 1);
  assert.equal(umap?.length, 120);
  assert.ok(sameNeighbour(umap!, 6) > 0.95);
});

Deno.test("featureMap() gives the same map for the same seed, and UMAP another for another", () => {
  const x = clusters(40, 30, 4);
  const [first, again, other] = [featureMap(x, 7), featureMap(x, 7), featureMap(x, 8)];
  assert.deepEqual(first, again);
  assert.notDeepEqual(first.umap, other.umap);
  assert.deepEqual(first.pca, other.pca);
});

Deno.test("featureMap() stands equal samples, constant features and fewer samples than features", () => {
  const x = new Matrix(24, 500);
  // Half of the samples are alike, as silent tracks are.
  const random = new Random(1);
  for (let i = 0; i < 12 * 500; i++) x.data[i] = random.normal();
  const { pca, umap, explained } = featureMap(x, 1);
  for (const [px, py] of [...pca, ...umap!]) assert.ok(Number.isFinite(px) && Number.isFinite(py));
  assert.deepEqual(pca[23], pca[12]);
  assert.ok(explained > 0 && explained < 1);

  const constant = featureMap(new Matrix(MIN_UMAP_SAMPLES, 3), 1);
  assert.equal(constant.explained, 0);
  for (const [px, py] of [...constant.pca, ...constant.umap!]) {
    assert.ok(Number.isFinite(px) && Number.isFinite(py));
  }
});

Deno.test("featureMap() gives no UMAP of a few samples, and names a feature that is not finite", () => {
  assert.equal(featureMap(clusters(MIN_UMAP_SAMPLES - 1, 5, 2), 1).umap, null);
  const x = clusters(12, 5, 2);
  x.data[5 * 3 + 4] = NaN;
  assert.throws(() => featureMap(x, 1), /feature 4 is not finite/);
  assert.throws(() => featureMap(new Matrix(1, 3), 1), RangeError);
});
