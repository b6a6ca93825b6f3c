import GithubSlugger from "github-slugger";
import { Marked, type Token, type Tokens } from "marked";

/** What is in a text in Markdown. */
export interface MarkdownOutline {
  /** The first heading, without markup; empty where there is none. */
  readonly title: string;
  /** All headings, without markup, in their order. */
  readonly headings: readonly string[];
  /** The anchors of its headings, as GitHub gives them. */
  readonly anchors: ReadonlySet<string>;
  /** Where its links and pictures lead, in their order. */
  readonly links: readonly MarkdownLink[];
}

/** A link or a picture. */
export interface MarkdownLink {
  /** Where it leads, as it is written. */
  readonly target: string;
  /** The line on which it stands, from 1. */
  readonly line: number;
}

/**
 * Finds the headings and the links of a text in GitHub's Markdown. What stands in code is none.
 *
 * @example
 * ```ts
 * import { outlineMarkdown } from "./markdown.ts";
 * import assert from "node:assert/strict";
 *
 * const outline = outlineMarkdown("# The `mel` scale\n\nSee [there](b.md#c), not `[x](y.md)`.\n");
 * assert.equal(outline.title, "The mel scale");
 * assert.deepEqual(outline.headings, ["The mel scale"]);
 * assert.deepEqual([...outline.anchors], ["the-mel-scale"]);
 * assert.deepEqual(outline.links, [{ target: "b.md#c", line: 3 }]);
 * ```
 */
export function outlineMarkdown(text: string): MarkdownOutline {
  const marked = new Marked();
  const slugger = new GithubSlugger();
  const headings: string[] = [];
  const anchors = new Set<string>();
  const links: MarkdownLink[] = [];
  // Tokens come in the order of the text, but do not tell their place.
  let at = 0;
  marked.walkTokens(marked.lexer(text), (token) => {
    if (token.type === "heading") {
      const title = plainText(token.tokens ?? []);
      headings.push(title);
      anchors.add(slugger.slug(title));
    } else if (token.type === "link" || token.type === "image") {
      const { href } = token as Tokens.Link | Tokens.Image;
      at = Math.max(at, text.indexOf(href, at));
      links.push({ target: href, line: text.slice(0, at).split("\n").length });
    }
  });
  return { title: headings[0] ?? "", headings, anchors, links };
}

/**
 * A text in GitHub's Markdown as HTML: headings get the anchors that they have on GitHub, and wide tables
 * scroll in a frame of their own.
 *
 * @param text The text.
 * @param rewrite Where a link leads on the site.
 */
export function renderMarkdown(text: string, rewrite: (target: string) => string): string {
  const slugger = new GithubSlugger();
  const marked = new Marked({
    walkTokens(token) {
      if (token.type === "link" || token.type === "image") token.href = rewrite(token.href);
    },
    renderer: {
      heading({ tokens, depth }) {
        const id = slugger.slug(plainText(tokens));
        const body = this.parser.parseInline(tokens);
        return `<h${depth} id="${id}"><a class="anchor" href="#${id}">${body}</a></h${depth}>\n`;
      },
      table(token) {
        const row = (cells: Tokens.TableCell[]) =>
          `<tr>${
            cells.map(({ header, align, tokens }) => {
              const tag = header ? "th" : "td";
              const side = align ? ` style="text-align:${align}"` : "";
              return `<${tag}${side}>${this.parser.parseInline(tokens)}</${tag}>`;
            }).join("")
          }</tr>`;
        return `<div class="wide" tabindex="0"><table><thead>${row(token.header)}</thead><tbody>${
          token.rows.map(row).join("\n")
        }</tbody></table></div>\n`;
      },
    },
  });
  return marked.parse(text, { async: false });
}

function plainText(tokens: readonly Token[]): string {
  return tokens.map((token) => {
    if ("tokens" in token && token.tokens) return plainText(token.tokens);
    return "text" in token ? unescape(token.text as string) : token.raw;
  }).join("");
}

/** Marked escapes the text of code as HTML wants it. */
function unescape(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
