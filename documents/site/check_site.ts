import { posix } from "node:path";
import { type BrokenLink, leadsOut } from "./check_guides.ts";

/** What stands in a page's markup, but for code that it shows or runs. */
const UNREAD = /<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi;
const LINK = /\s(?:href|src)="([^"]*)"/g;
const ANCHOR = /\s(?:id|name)="([^"]*)"/g;

/**
 * Finds the links of a site's pages that lead to no file of the site, or to no element of one. Those to
 * other sites are not looked at.
 *
 * @param files Every file of the site, by its path.
 *
 * @example
 * ```ts
 * import { checkSite } from "./check_site.ts";
 * import assert from "node:assert/strict";
 *
 * const page = new TextEncoder().encode('<p id="a"><a href="#a">up</a> <a href="b.html">b</a>');
 * assert.deepEqual(checkSite(new Map([["a.html", page]])), [
 *   { file: "a.html", target: "b.html", problem: "leads to b.html, which is not there" },
 * ]);
 * ```
 */
export function checkSite(files: ReadonlyMap<string, Uint8Array>): BrokenLink[] {
  const decoder = new TextDecoder();
  const pages = Array.from(files).filter(([file]) => file.endsWith(".html"));
  const anchors = new Map<string, ReadonlySet<string>>();
  const links = new Map<string, ReadonlySet<string>>();
  for (const [file, bytes] of pages) {
    const markup = decoder.decode(bytes).replace(UNREAD, "");
    anchors.set(file, new Set(valuesOf(markup, ANCHOR)));
    links.set(file, new Set(valuesOf(markup, LINK)));
  }
  return pages.flatMap(([file]) =>
    Array.from(links.get(file)!).flatMap((target) => {
      if (leadsOut(target)) {
        return target.startsWith("file:")
          ? [{ file, target, problem: "leads to a file of this machine" }]
          : [];
      }
      const problem = problemOf(file, target);
      return problem === undefined ? [] : [{ file, target, problem }];
    })
  );

  function problemOf(from: string, target: string): string | undefined {
    const [path, anchor] = target.split("#");
    const joined = path === "" ? from : posix.join(posix.dirname(from), decodeURI(path));
    const file = joined === "." || joined.endsWith("/") ? posix.join(joined, "index.html") : joined;
    if (!files.has(file)) return `leads to ${file}, which is not there`;
    if (!anchor || !file.endsWith(".html")) return undefined;
    return anchors.get(file)!.has(decodeURIComponent(anchor))
      ? undefined
      : `leads to #${anchor}, which ${file} has not`;
  }
}

function valuesOf(markup: string, attribute: RegExp): string[] {
  return Array.from(markup.matchAll(attribute), ([, value]) => unescapeAttribute(value));
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** The value of an attribute as it is meant. */
export function unescapeAttribute(value: string): string {
  return value.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? all;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16));
  });
}
