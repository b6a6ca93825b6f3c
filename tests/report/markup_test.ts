import assert from "node:assert/strict";
import fc from "fast-check";
import { escapeText, Markup, markup } from "../../src/report/html/markup.ts";

Deno.test("markup escapes every value that is not markup itself", () => {
  const value = `<a href="x" title='y'>&amp;</a>`;
  assert.equal(
    markup`<p>${value}</p>`.text,
    "<p>&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;</p>",
  );
  assert.equal(markup`${[markup`<b>`, "<", [1, null, undefined, false]]}`.text, "<b>&lt;1");
  assert.equal(markup`${new Markup("<i>")}${0}`.text, "<i>0");
});

Deno.test("escapeText() spells out characters that cannot be seen or turn the text around", () => {
  assert.equal(escapeText("a\u202eb\u0000c\u001b"), "a\\u{202e}b\\u{0}c\\u{1b}");
  assert.equal(escapeText("Ärger, 怒り, 😠\t\n"), "Ärger, 怒り, 😠\t\n");
  assert.equal(escapeText("\ud800"), "\ufffd");
});

Deno.test("escapeText() leaves no character that HTML gives a meaning", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const escaped = escapeText(text);
    assert.doesNotMatch(escaped, /[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
    assert.ok(escaped.isWellFormed());
  }));
});
