import assert from "node:assert/strict";
import { endpoint } from "../../adapters/workerd/endpoint.ts";
import { fakeRecognizer } from "../serve/fake_recognizer.ts";

Deno.test("a model that cannot be loaded is answered with problem details, and tried again", async () => {
  let loads = 0;
  const worker = endpoint(() => {
    loads++;
    return loads < 3
      ? Promise.reject(new Error("out of memory at a secret place"))
      : Promise.resolve(fakeRecognizer());
  });
  const logged: unknown[] = [];
  const { error } = console;
  console.error = (value) => logged.push(value);
  try {
    for (const _ of [1, 2]) {
      const response = await worker.fetch(
        new Request("http://localhost/healthz"),
      );
      assert.equal(response.status, 500);
      assert.equal(
        response.headers.get("content-type"),
        "application/problem+json",
      );
      const { detail } = await response.json();
      assert.match(detail, /model cannot be loaded/);
      assert.doesNotMatch(detail, /secret/);
    }
  } finally {
    console.error = error;
  }
  assert.equal(logged.length, 2);
  for (const _ of [1, 2]) {
    assert.equal(
      (await worker.fetch(new Request("http://localhost/healthz"))).status,
      200,
    );
  }
  assert.equal(loads, 3);
});
