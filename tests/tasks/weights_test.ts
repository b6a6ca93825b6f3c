import assert from "node:assert/strict";
import { VGG16_LAYERS } from "../../models/vgg16_face.ts";
import { whisperTensors } from "../../models/whisper/whisper_weights.ts";
import { encodeSafetensors, type TensorMap } from "../../src/numeric/safetensors.ts";
import { vggfaceArrays, writeKerasFile } from "../weights/vgg16_fixture.ts";
import { runTask } from "./cli.ts";
import { withFolder } from "../with_folder.ts";

/** Weights whose every number has the bits `half`. */
function halfWeights(half: number): Uint8Array<ArrayBuffer> {
  const tensors: TensorMap = {};
  for (const { name, inputs, outputs } of VGG16_LAYERS) {
    tensors[`${name}/kernel`] = {
      shape: [3, 3, inputs, outputs],
      data: new Uint16Array(9 * inputs * outputs).fill(half),
    };
    tensors[`${name}/bias`] = { shape: [outputs], data: new Uint16Array(outputs).fill(half) };
  }
  return encodeSafetensors(tensors);
}

Deno.test("weights task names the missing layer in one line and exits with 1", () =>
  withFolder(async (dir) => {
    const file = `${dir}/some.h5`;
    await Deno.writeFile(file, await writeKerasFile([0, 1].flatMap(vggfaceArrays)));
    const { code, said } = await runTask("weights", file, "--out", `${dir}/out.safetensors`);
    assert.equal(code, 1);
    assert.match(said, /^error: .*some\.h5: layer conv2_1 is missing; .*\n$/);
    assert.deepEqual(Array.from(Deno.readDirSync(dir), ({ name }) => name), ["some.h5"]);
  }));

Deno.test("weights task exits with 2 for wrong flags and without anything to import", async () => {
  const cases: [string[], RegExp][] = [
    [["some.h5", "--output", "x"], /^error: unknown option '--output'.*\n$/],
    [[], /^error: there is nothing to import; allowed: a file, --url <address> or list\n$/],
    [["some.h5", "--url", "http://x/y"], /^error: a file and --url are two things to import.*\n$/],
    [["some.h5", "folder"], /^error: folder is one argument too many.*\n$/],
    [["some.h5", "--dtype", "int4"], /^error: .*--dtype.*float32, float16, int8.*\n$/],
    [["some.h5", "--sha256", "abc"], /^error: .*--sha256.*64 hexadecimal digits.*\n$/],
    [["some.h5", "--preprocessing", "x"], /^error: .*vggface, vggface-rgb, imagenet.*\n$/],
  ];
  for (const [args, message] of cases) {
    const { code, said } = await runTask("weights", ...args);
    assert.equal(code, 2, args.join(" "));
    assert.match(said, message);
  }
});

Deno.test("weights task downloads, imports and lists weights, and tells when an address changes", () =>
  withFolder(async (dir) => {
    let served = halfWeights(0x3c00);
    let status = 200;
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => new Response(served, { status }),
    );
    try {
      const url = `http://127.0.0.1:${server.addr.port}/release/vgg.safetensors?raw=1`;
      const args = ["--url", url, "--out", `${dir}/vgg.safetensors`, "--dtype", "float16"];
      const first = await runTask("weights", ...args);
      assert.equal(first.code, 0, first.said);
      assert.match(first.said, /^download {2}0\/30 MB\n(.*\n)*download {2}30\/30 MB\n$/);
      assert.match(first.out, /^ {2}conv5_3 {2}3 x 3 x 512 x 512$/m);
      assert.match(first.out, /^parameters {6}14714688$/m);

      const listed = await runTask("weights", "list", dir);
      assert.equal(listed.code, 0, listed.said);
      assert.match(listed.out, /^vgg\.safetensors {2}ok$/m);
      assert.ok(listed.out.includes(`safetensors: ${url}\n`));
      assert.match(listed.out, /stored as {7}float16, 294\d{5} bytes/);
      assert.match(listed.out, /licence {9}not stated by the imported file/);

      served = halfWeights(0x4000);
      const changed = await runTask("weights", ...args);
      assert.equal(changed.code, 1);
      assert.match(changed.said, /\nerror: .* has the SHA-256 \S+, expected \S+: .*deleted\n$/);
      const moved = await runTask("weights", ...args.with(3, `${dir}/new/vgg.safetensors`));
      assert.equal(moved.code, 0, moved.said);

      status = 404;
      const absent = await runTask("weights", ...args);
      assert.equal(absent.code, 1);
      assert.equal(absent.said, `error: ${url} answered 404 Not Found\n`);
      served = new TextEncoder().encode("<html>sign in</html>") as Uint8Array<ArrayBuffer>;
      status = 200;
      const page = await runTask("weights", ...args.with(3, `${dir}/page/vgg.safetensors`));
      assert.equal(page.code, 1);
      assert.match(page.said, /\nerror: http:\S+: neither a Keras file .*\n$/);
      assert.deepEqual(Array.from(Deno.readDirSync(`${dir}/page`)), []);
    } finally {
      await server.shutdown();
    }
    const files = Array.from(Deno.readDirSync(dir), ({ name }) => name).sort();
    assert.deepEqual(files, ["new", "page", "registry.json", "vgg.safetensors"]);
  }));

Deno.test("weights task imports and lists Whisper's encoder, and refuses a preprocessing for it", () =>
  withFolder(async (dir) => {
    const tiny = { name: "tiny", width: 384, layers: 4, heads: 6 };
    const tensors = Object.fromEntries(
      Array.from(whisperTensors(tiny), ([name, shape]) => {
        const size = shape.reduce((product, each) => product * each, 1);
        return [`model.encoder.${name}`, { shape: [...shape], data: new Uint16Array(size) }];
      }),
    );
    const file = `${dir}/model.safetensors`;
    await Deno.writeFile(file, encodeSafetensors(tensors));
    const out = `${dir}/made/whisper.safetensors`;
    const refused = await runTask("weights", file, "--out", out, "--preprocessing", "imagenet");
    assert.notEqual(refused.code, 0);
    assert.match(refused.said, /^error: .*model\.safetensors holds Whisper's encoder.*\n$/);
    const imported = await runTask("weights", file, "--out", out, "--dtype", "float16");
    assert.equal(imported.code, 0, imported.said);
    assert.match(imported.out, /tiny: 4 layers of width 384, 6 heads\nparameters {6}7632384\n/);
    const listed = await runTask("weights", "list", `${dir}/made`);
    assert.match(
      listed.out,
      /^whisper\.safetensors {2}ok\n {2}source {10}transformers: model\.safetensors\n/,
    );
    assert(!listed.out.includes("preprocessing"));
    const whole = await runTask("weights", file, "--out", out, "--dtype", "int8");
    assert.equal(whole.code, 0, whole.said);
    assert.match(whole.out, /\nwritten to .*whisper\.safetensors \(int8, 7\d{6} bytes\)\n/);
  }));
