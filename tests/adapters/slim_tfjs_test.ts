import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("a recogniser uses of tfjs only what is bundled: no chained operations, no layers", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json")));
  const map = await Deno.makeTempFile({ suffix: ".json" });
  try {
    // In the bundles this module stands for tfjs; with its types what it lacks is an error.
    const slim = pathToFileURL(join(ROOT, "adapters/bundle/tfjs.ts")).href;
    await Deno.writeTextFile(
      map,
      JSON.stringify({ imports: { ...imports, "@tensorflow/tfjs": slim } }),
    );
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "-q", "--import-map", map, "src/recognize/load_recognizer.ts"],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(map);
  }
});
