import assert from "node:assert/strict";
import { join } from "node:path";
import manifest from "../../deno.json" with { type: "json" };
import { callTask } from "./cli.ts";

Deno.test("deno task docs writes a site of guides and exports, in which nothing of this machine stands", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const site = join(dir, "site");
    const { code, err } = await callTask("docs", ["--out", site]);
    assert.equal(code, 0, err.join("\n"));
    assert.match(err.at(-1)!, /index\.html: \d+ files, every link leads somewhere$/);
    const read = (page: string) => Deno.readTextFile(join(site, page));
    assert.match(await read("docs/results.html"), /<nav aria-label="pages">/);
    for (const name of Object.keys(manifest.exports)) {
      assert.match(await read(join("api", name, "index.html")), /<html/);
    }
    const mfcc = await read("api/audio/~/mfcc.html");
    assert.match(mfcc, /href="\.\.\/\.\.\/\.\/audio\/~\/MfccOptions\.html"/);
    assert.doesNotMatch(mfcc, /file:(\/|&#x2F;)/);
    // What somebody else put there stays.
    await Deno.writeTextFile(join(dir, "own.txt"), "mine");
    const refused = await callTask("docs", ["--out", dir]);
    assert.equal(refused.code, 1);
    assert.match(refused.err.at(-1)!, /^error: .* holds files that are not Emofuse's/);
    assert.equal(await Deno.readTextFile(join(dir, "own.txt")), "mine");
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
