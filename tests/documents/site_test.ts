import assert from "node:assert/strict";
import manifest from "../../deno.json" with { type: "json" };
import { linkGuides } from "../../documents/site/api_pages.ts";
import { checkSite } from "../../documents/site/check_site.ts";
import { guidePages } from "../../documents/site/guide_pages.ts";
import { findGuides } from "../../documents/site/guides.ts";
import { renderMarkdown } from "../../documents/site/markdown.ts";
import { renderNotebook } from "../../documents/site/render_notebook.ts";
import { ROOT } from "../import_graph.ts";

const encoder = new TextEncoder();

function siteOf(pages: Readonly<Record<string, string>>): Map<string, Uint8Array> {
  return new Map(Object.entries(pages).map(([name, text]) => [name, encoder.encode(text)]));
}

Deno.test("checkSite() finds planted links to no page, to no element and to this machine", () => {
  const broken = checkSite(siteOf({
    "index.html": '<a href="docs/a.html#x">x</a><a href="docs/">d</a><img src="gone.png">' +
      '<a href="docs/a.html#y">y</a><a href="https://example.org">web</a>',
    "docs/a.html":
      '<h2 id="x">x</h2><a href="..&#x2F;index.html">up</a><a href="file:///home/a.ts">code</a>',
    "docs/index.html": "<script>const link = ' href=\"none.html\"';</script>",
  }));
  assert.deepEqual(broken.map(({ file, target }) => `${file} ${target}`), [
    "index.html gone.png",
    "index.html docs/a.html#y",
    "docs/a.html file:///home/a.ts",
  ]);
});

Deno.test("guidePages() makes a page of every guide, whose links lead to other pages", async () => {
  const files = await guidePages(ROOT);
  for (const { page } of await findGuides(ROOT)) assert(files.has(page), page);
  // The descriptions of exports are made by another program: their first pages stand for them.
  for (const name of Object.keys(manifest.exports)) {
    files.set(
      `api/${name.replace(/^\.\/?/, "")}/index.html`.replace("//", "/"),
      encoder.encode(""),
    );
  }
  assert.deepEqual(checkSite(files), []);
  const readme = new TextDecoder().decode(files.get("index.html"));
  assert.match(readme, /<title>Emofuse<\/title>/);
  assert.match(readme, /href="docs\/results\.html"/);
  assert(!/href="[^"]*\.md[#"]/.test(readme), "no link leads to a source");
});

Deno.test("linkGuides() leads from the description of an export to the first page", () => {
  const pages = ["api/index.html", "api/audio/~/mfcc.html"].map((page) => {
    const text = linkGuides(page, '<body class="a">\n<main></main></body>');
    assert.match(text, /^<body class="a"><p [^>]*><a href="[^"]*">Guides of Emofuse<\/a><\/p>/);
    return [page, text];
  });
  const site = { "index.html": "", ...Object.fromEntries(pages) };
  assert.deepEqual(checkSite(siteOf(site)), []);
  assert.equal(checkSite(siteOf(Object.fromEntries(pages))).length, 2);
});

Deno.test("renderMarkdown() gives headings their anchors and lets wide tables scroll", () => {
  const html = renderMarkdown(
    "## A `b`\n\n| x | y |\n| --- | --: |\n| [l](m.md) | `2` |\n",
    () => "m.html",
  );
  assert.match(html, /<h2 id="a-b"><a class="anchor" href="#a-b">A <code>b<\/code><\/a><\/h2>/);
  assert.match(html, /<div class="wide" tabindex="0"><table>/);
  assert.match(
    html,
    /<td><a href="m\.html">l<\/a><\/td><td style="text-align:right"><code>2<\/code><\/td>/,
  );
});

Deno.test("renderNotebook() shows text, code and what the code has shown, and runs none of it", () => {
  const html = renderNotebook({
    cells: [
      { kind: "markdown", source: "# T", outputs: [] },
      {
        kind: "code",
        source: "1 < 2",
        outputs: [
          { data: { "text/plain": "<b>" } },
          { data: { "image/svg+xml": "<svg><script>alert(1)</script></svg>" } },
        ],
      },
      { kind: "markdown", source: 'Text.\n\n## A & "b"\n\n### The `c` < d', outputs: [] },
      { kind: "markdown", source: "More text.", outputs: [] },
      { kind: "code", source: "", outputs: [{ data: { "image/png": "AAAA" } }] },
    ],
  }, (target) => target);
  assert.match(html, /<h1 id="t">/);
  assert.match(html, /<pre><code>1 &lt; 2<\/code><\/pre>/);
  assert.match(html, /<pre>&lt;b&gt;<\/pre>/);
  assert(!html.includes("<script"));
  // Who does not see a picture is told its section.
  assert.deepEqual(
    Array.from(html.matchAll(/<img alt="([^"]*)"/g), ([, alt]) => alt),
    ["T", "The c &lt; d"],
  );
});
