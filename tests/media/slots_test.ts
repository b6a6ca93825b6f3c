import assert from "node:assert/strict";
import { Slots } from "../../src/media/slots.ts";

Deno.test("Slots.use() never lets more run at once than there are slots, in order", async () => {
  const slots = new Slots(2);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  await Promise.all([0, 1, 2, 3, 4].map((i) =>
    slots.use(async () => {
      started.push(i);
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
    })
  ));
  assert.equal(most, 2);
  assert.deepEqual(started, [0, 1, 2, 3, 4]);
});

Deno.test("Slots.use() frees the slot of work that fails", async () => {
  const slots = new Slots(1);
  await assert.rejects(() => slots.use(() => Promise.reject(new Error("no"))), /no/);
  assert.equal(await slots.use(() => Promise.resolve("next")), "next");
});
