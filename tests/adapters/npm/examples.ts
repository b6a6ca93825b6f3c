import assert from "node:assert/strict";
import ts from "typescript";
import manifest from "../../../deno.json" with { type: "json" };

/** The names under which users import. */
export const ENTRIES: readonly string[] = Object.keys(manifest.exports)
  .map((entry) => entry.replace(/^\./, "emofuse"));

const ROOT = new URL("../../../", import.meta.url);

/** The example in the comment at the head of an entry. */
export function exampleOf(entry: string): string {
  const file = entry === "emofuse" ? "mod.ts" : `exports/${entry.replace("emofuse/", "")}.ts`;
  const text = Deno.readTextFileSync(new URL(file, ROOT));
  const [, example] = /```ts\n([\s\S]*?)```/.exec(text) ?? [];
  assert(example, `${file} has no example`);
  return example.replaceAll(/^ \* ?/gm, "");
}

/** The examples of the package's README, by the entry that each is of. */
export function readmeExamples(): ReadonlyMap<string, string> {
  const text = Deno.readTextFileSync(new URL("docs/npm.md", ROOT));
  const blocks = Array.from(text.matchAll(/^```ts\b.*\n([\s\S]*?)^```/gm), ([, code]) => code);
  return new Map(
    blocks.map((code) => [/ from "(emofuse[^"]*)"/.exec(code)?.[1] ?? "", code]),
  );
}

/** TypeScript as a module of JavaScript. */
export function asJavaScript(code: string): string {
  return ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText;
}
