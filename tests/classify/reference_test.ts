import assert from "node:assert/strict";
import { GaussianNb } from "../../src/classify/gaussian_nb.ts";
import { Lda } from "../../src/classify/linear/lda.ts";
import { LogisticRegression } from "../../src/classify/linear/logistic_regression.ts";
import { Svm } from "../../src/classify/svm/svm.ts";
import { DATA_SETS, largestDifference, sklearnFixture } from "./sklearn_fixture.ts";

/** The bounds are those of the project's contract or tighter. */
function assertWithin(difference: number, bound: number): void {
  assert(difference <= bound, `differs by ${difference}, allowed are ${bound}`);
}

for (const name of DATA_SETS) {
  Deno.test(`GaussianNb gives scikit-learn's posteriors: ${name}`, () => {
    const { x, y, nClasses, xTest, gaussianNb } = sklearnFixture(name);
    const model = new GaussianNb();
    model.fit(x, y, nClasses);
    assertWithin(largestDifference(model.predictProba(xTest), gaussianNb), 1e-6);
  });

  Deno.test(`Lda gives scikit-learn's posteriors: ${name}`, () => {
    const { x, y, nClasses, xTest, lda } = sklearnFixture(name);
    const model = new Lda();
    model.fit(x, y, nClasses);
    assertWithin(largestDifference(model.predictProba(xTest), lda), 1e-6);
  });

  Deno.test(`LogisticRegression gives scikit-learn's probabilities: ${name}`, () => {
    const { x, y, nClasses, xTest, logistic } = sklearnFixture(name);
    const model = new LogisticRegression();
    model.fit(x, y, nClasses);
    assertWithin(largestDifference(model.predictProba(xTest), logistic), 1e-5);
  });

  for (const kernel of ["linear", "rbf"] as const) {
    const key = kernel === "linear" ? "svmLinear" : "svmRbf";

    Deno.test(`Svm ${kernel} gives scikit-learn's decision values and predictions: ${name}`, () => {
      const { x, y, nClasses, xTest, [key]: expected } = sklearnFixture(name);
      const model = new Svm({ kernel });
      model.fit(x, y, nClasses);
      assertWithin(largestDifference(model.decisionFunction(xTest), expected.decisions), 5e-3);
      assert.deepEqual(Array.from(model.predict(xTest)), expected.predictions);
      assert.deepEqual(Array.from(model.predict(x)), expected.trainPredictions);
    });

    // At its default tolerance the solution depends on the path of the solver; at a tight one it does not.
    Deno.test(`Svm ${kernel} converges to scikit-learn's decision values: ${name}`, () => {
      const { x, y, nClasses, xTest, [key]: expected } = sklearnFixture(name);
      const model = new Svm({ kernel, tolerance: 1e-6 });
      model.fit(x, y, nClasses);
      // libsvm holds the kernel in single precision, which shows where features are large.
      const bound = name === "unscaled" ? 2e-3 : 1e-4;
      assertWithin(
        largestDifference(model.decisionFunction(xTest), expected.exactDecisions),
        bound,
      );
    });
  }
}
