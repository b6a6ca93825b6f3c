import assert from "node:assert/strict";
import { join } from "node:path";
import { buildPage, PAGE_FOLDER } from "../../tasks/page.ts";

Deno.test("buildPage() writes the page once, and again when a file of it changed or is gone", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const page = join(dir, "page");
    assert.equal(await buildPage(page), true);
    const names = Array.from(Deno.readDirSync(page), ({ name }) => name);
    for (const name of ["index.html", "page.css", "page.js", "dsp.wasm"]) {
      assert.ok(names.includes(name), name);
    }
    assert.equal(await buildPage(page), false);

    const html = await Deno.readTextFile(join(page, "index.html"));
    await Deno.writeTextFile(join(page, "index.html"), "damaged");
    assert.equal(await buildPage(page), true);
    assert.equal(await Deno.readTextFile(join(page, "index.html")), html);
    await Deno.remove(join(page, "page.js"));
    assert.equal(await buildPage(page), true);
    await Deno.writeTextFile(`${page}.stamp.json`, "{");
    assert.equal(await buildPage(page), true);
    assert.equal(await buildPage(page), false);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("the page that is served is not in the folder that is deployed", () => {
  assert.doesNotMatch(PAGE_FOLDER, /edge/);
});
