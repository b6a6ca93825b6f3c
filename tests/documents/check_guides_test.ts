import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { checkGuides, describeBrokenLink } from "../../documents/site/check_guides.ts";
import { findDocuments } from "../../documents/site/find_documents.ts";
import { findGuides } from "../../documents/site/guides.ts";
import { ROOT } from "../import_graph.ts";

/** A folder of documents; it is removed when the block ends. */
async function folderOf(files: Readonly<Record<string, string>>) {
  const root = await Deno.makeTempDir();
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(root, name)), { recursive: true });
    await Deno.writeTextFile(join(root, name), text);
  }
  return { root, [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }) };
}

Deno.test("checkGuides() names file and line of planted links that lead to no file or no heading", async () => {
  await using folder = await folderOf({
    "README.md": "# A\n\n[gone](docs/gone.md) and [b](docs/b.md#the-mel-scale)\n\n" +
      "| table |\n| --- |\n| [cell](docs/b.md#nowhere) |\n\n- list\n  - [b](docs/b.md)\n  - [b](docs/c.md)\n",
    "docs/b.md":
      "## The `mel` scale\n\n[up](../README.md#a) [here](#the-mel-scale) [out](../../x.md)\n",
  });
  const broken = await checkGuides(folder.root, await findDocuments(folder.root));
  assert.deepEqual(broken.map(describeBrokenLink), [
    "README.md:3: docs/gone.md leads to docs/gone.md, which is not there",
    "README.md:7: docs/b.md#nowhere leads to #nowhere, which docs/b.md has not",
    "README.md:11: docs/c.md leads to docs/c.md, which is not there",
    "docs/b.md:3: ../../x.md leads out of the project",
  ]);
});

Deno.test("checkGuides() takes headings as GitHub does, and links in code for none", async () => {
  await using folder = await folderOf({
    "a.md":
      "# Same\n\n## Same\n\n### What's *new* in `f(x) & g`?\n\n[1](#same-1) [2](#whats-new-in-fx--g)\n\n" +
      "`[x](y.md)`\n\n```md\n[x](y.md)\n```\n\n[web](https://example.org/x) [mail](mailto:a@example.org)\n",
  });
  assert.deepEqual(await checkGuides(folder.root, ["a.md"]), []);
});

Deno.test("checkGuides() follows the links of a notebook's text", async () => {
  const cell = { cell_type: "markdown", source: ["# N\n", "[x](../gone.md)"] };
  await using folder = await folderOf({
    "notebooks/a.ipynb": JSON.stringify({ nbformat: 4, cells: [cell] }),
    "README.md": "[there](notebooks/a.ipynb#n) [not there](notebooks/a.ipynb#m)\n",
  });
  const broken = await checkGuides(folder.root, await findDocuments(folder.root));
  assert.deepEqual(broken.map(({ file, target }) => `${file} ${target}`), [
    "README.md notebooks/a.ipynb#m",
    "notebooks/a.ipynb ../gone.md",
  ]);
});

Deno.test("findDocuments() looks only into the project's own folders", async () => {
  const own = ["README.md", "docs/a.md", "models/deep/README.md", "notebooks/a.ipynb"];
  const others = [
    ".emofuse/a.md",
    "RAVDESS/README.md",
    "build/a.md",
    "docs/.ipynb_checkpoints/a.ipynb",
    "node_modules/a/README.md",
    "out2/a.md",
    "tests/fixtures/a.md",
    "tests/node_modules/a/README.md",
    "docs/a.txt",
    ".a.md",
  ];
  await using folder = await folderOf(
    Object.fromEntries([...own, ...others].map((name) => [name, ""])),
  );
  assert.deepEqual(await findDocuments(folder.root), own);
});

Deno.test("every link of the project's documents leads somewhere", async () => {
  const documents = await findDocuments(ROOT);
  assert((await findGuides(ROOT)).every(({ file }) => documents.includes(file)));
  const broken = await checkGuides(ROOT, documents);
  assert.deepEqual(broken.map(describeBrokenLink), []);
});
