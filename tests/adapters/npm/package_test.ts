import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import manifest from "../../deno.json" with { type: "json" };
import { testWith } from "../needs.ts";
import { emoDbDir, ravdessDir } from "../ravdess.ts";
import { callTask } from "../tasks/cli.ts";
import { type InstalledPackage, installPackage, namesIn, runNode } from "./npm_package.ts";

const EMOFUSE = join("node_modules", "emofuse", "tasks", "emofuse.js");

/** The names under which users import. */
const ENTRIES = Object.keys(manifest.exports).map((entry) => entry.replace(/^\./, "emofuse"));

/** The example in the comment at the head of a module, as JavaScript. */
async function exampleOf(entry: string): Promise<string> {
  const file = entry === "emofuse" ? "mod.ts" : `exports/${entry.replace("emofuse/", "")}.ts`;
  const text = await Deno.readTextFile(new URL(`../../${file}`, import.meta.url));
  const [, example] = /```ts\n([\s\S]*?)```/.exec(text) ?? [];
  assert(example, `${file} has no example`);
  const code = example.replaceAll(/^ \* ?/gm, "");
  return ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText;
}

/** What does not belong into a package. */
function checkFiles({ files }: InstalledPackage): void {
  const names = [...files.keys()];
  assert.deepEqual(names.filter((name) => /(^|\/)tests?\/|_test\.|(?<!\.d)\.ts$/.test(name)), []);
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  // Compressed it is smaller still.
  assert(bytes < 25e6, `${bytes} bytes`);
  const { exports, bin } = JSON.parse(new TextDecoder().decode(files.get("package.json")));
  const { "./package.json": _, ...entries } = exports;
  assert.deepEqual(Object.keys(entries), Object.keys(manifest.exports));
  for (const file of [...Object.values(entries).flatMap((of) => Object.values(of as object))]) {
    assert(files.has(file.replace("./", "")), `${file} is missing`);
  }
  assert(files.has(bin.emofuse));
  const source = names.filter((name) =>
    name.endsWith(".d.ts") &&
    /from "\.[^"]*(?<!\.d)\.ts"/.test(new TextDecoder().decode(files.get(name)))
  );
  assert.deepEqual(source, [], "declarations that name sources");
}

await testWith(["node"], "the npm package works in Node", async (t) => {
  await using installed = await installPackage();
  const { folder } = installed;

  await t.step("it holds what it exports, and no tests or sources", () => checkFiles(installed));

  for (const entry of ENTRIES) {
    await t.step(`the example of ${entry} runs`, async () => {
      await writeFile(join(folder, "example.js"), await exampleOf(entry));
      const { code, err } = await runNode(folder, "example.js");
      assert.equal(code, 0, err);
      assert.doesNotMatch(err, /warning/i);
    });
  }

  await t.step("a strict program in TypeScript finds all types", () => {
    const program = join(folder, "program.ts");
    const imports = ENTRIES.map((entry, i) => `import * as e${i} from "${entry}";`);
    const use = `import { loadDsp, mfcc } from "emofuse/audio";
export const data: Float32Array = mfcc(await loadDsp(), new Float32Array(8000), { sampleRate: 8000 }).data;
export const all = [${ENTRIES.map((_, i) => `e${i}`)}];`;
    Deno.writeTextFileSync(program, [...imports, use].join("\n"));
    const checked = ts.createProgram([program], {
      strict: true,
      noEmit: true,
      // Declarations of tfjs are not right by themselves.
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: [],
    });
    const problems = ts.getPreEmitDiagnostics(checked)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    assert.deepEqual(problems, []);
  });

  await t.step("of processes that find a lock that was left one alone takes it over", async () => {
    const path = join(folder, "race.lock");
    await writeFile(
      join(folder, "race.js"),
      `import { lockFile } from "./node_modules/emofuse/src/runtime/files/lock_file.js";
while (Date.now() < Number(process.argv[2])) {}
const lock = await lockFile(${JSON.stringify(path)});
console.log(lock ? "mine" : "taken");
await new Promise((resolve) => setTimeout(resolve, 1500));
await lock?.release();
`,
    );
    // No process has this number.
    const left = JSON.stringify({ pid: 2 ** 30, host: hostname(), id: "left" });
    await writeFile(`${path}.pid`, left);
    const start = String(Date.now() + 1500);
    const racers = Array.from({ length: 4 }, () => runNode(folder, "race.js", start));
    const said = (await Promise.all(racers)).map(({ out, err }) => err || out.trim());
    assert.deepEqual(said.sort(), ["mine", "taken", "taken", "taken"]);
    const { out } = await runNode(folder, "race.js", "0");
    assert.equal(out.trim(), "mine", "it was not given back");
    await Deno.remove(join(folder, "race.js"));
  });

  await t.step("emofuse tells its commands, and each its flags by that name", async () => {
    const { code, out } = await runNode(folder, EMOFUSE, "--help");
    assert.equal(code, 0);
    const commands = Array.from(out.matchAll(/^ {2}([a-z]+) {2,}/gm), ([, name]) => name);
    assert(commands.includes("predict") && commands.includes("run"));
    for (const command of commands) {
      const { code, out, err } = await runNode(folder, EMOFUSE, command, "--help");
      assert.equal(code, 0, err);
      assert.match(out, new RegExp(`^Usage: emofuse ${command}`));
      assert.doesNotMatch(out, /deno task/);
    }
  });

  await t.step("a wrong command or flag ends with 2 and what is allowed", async () => {
    const wrong = await runNode(folder, EMOFUSE, "prophesy");
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /^error: prophesy is no command; allowed: predict, /);
    const flag = await runNode(folder, EMOFUSE, "predict", "--colour", "x.wav");
    assert.equal(flag.code, 2);
    assert.match(flag.err, /unknown option '--colour'; allowed: --model/);
  });

  await t.step("a clip that is not there is named, and nothing is left behind", async () => {
    const before = await namesIn(folder);
    const { code, err } = await runNode(folder, EMOFUSE, "predict", "none.wav");
    assert.equal(code, 1);
    assert.match(err, /none\.wav: no such file/);
    assert.deepEqual(await namesIn(folder), before);
  });
});

await testWith(
  ["node", "emo-db"],
  "emofuse predict says in Node what it says in Deno",
  async () => {
    await using installed = await installPackage();
    const clip = join(emoDbDir()!, "flac", "03a01Fa.flac");
    const { code, out, err } = await runNode(installed.folder, EMOFUSE, "predict", "--json", clip);
    assert.equal(code, 0, err);
    const [inNode] = JSON.parse(out);
    const [inDeno] = JSON.parse((await callTask("predict", ["--json", clip])).out);
    assert.equal(inNode.label, inDeno.label);
    for (const [label, share] of Object.entries<number>(inDeno.probabilities)) {
      assert(Math.abs(inNode.probabilities[label] - share) < 1e-6, label);
    }
  },
);

await testWith(
  ["node", "ravdess"],
  "emofuse follows faces and serves a page that decodes any clip, in Node",
  async () => {
    await using installed = await installPackage();
    const { folder } = installed;
    const clip = join(ravdessDir()!, "crops/Actor_05/01-01-03-01-01-01-05.mp4");
    const { code, out, err } = await runNode(
      folder,
      EMOFUSE,
      "predict",
      "--json",
      "--faces",
      "all",
      clip,
    );
    assert.equal(code, 0, err);
    assert.match(JSON.parse(out)[0].label, /^[a-z]+$/);
    const server = new Deno.Command("node", {
      args: [EMOFUSE, "serve", "--port", "0"],
      cwd: folder,
      clearEnv: true,
      env: { PATH: Deno.env.get("PATH") ?? "", HOME: folder },
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    try {
      const reader = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
      let said = "";
      while (!said.includes("\n")) said += (await reader.read()).value ?? "";
      const url = said.trim().replace("listening on ", "");
      for (const file of ["", "ffmpeg-core.js", "ffmpeg-core.wasm", "model.emofuse"]) {
        const response = await fetch(`${url}/${file}`);
        assert.equal(response.status, 200, file);
        await response.body?.cancel();
      }
      await reader.cancel();
    } finally {
      server.kill("SIGTERM");
      await server.status;
    }
  },
);
