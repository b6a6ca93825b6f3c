/** Markup that may stand in a page as it is: what is not of this class is text and gets escaped. */
export class Markup {
  /** The markup. */
  readonly text: string;

  /** Wraps markup that is known to be safe. */
  constructor(text: string) {
    this.text = text;
  }

  /** The markup. */
  toString(): string {
    return this.text;
  }
}

/** What can stand in a `markup` template; null, undefined and false leave nothing. */
export type Content = Markup | string | number | null | undefined | false | readonly Content[];

/**
 * A template of HTML or SVG whose values are escaped, in text as in quoted attributes, unless they are
 * markup themselves. File names and reasons in a report come from outside.
 *
 * @example
 * ```ts
 * import { markup } from "./markup.ts";
 * import assert from "node:assert/strict";
 *
 * const file = "<script>.mp4";
 * assert.equal(`${markup`<b title="${file}">${[1, markup`<i></i>`]}</b>`}`,
 *   '<b title="&lt;script&gt;.mp4">1<i></i></b>');
 * ```
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(parts.reduce((text, part, i) => text + render(values[i - 1]) + part));
}

function render(content: Content): string {
  if (content === null || content === undefined || content === false) return "";
  if (content instanceof Markup) return content.text;
  if (typeof content === "object") return content.map(render).join("");
  return escapeText(String(content));
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Characters that HTML cannot hold, and those that turn the direction of what follows them. */
// deno-lint-ignore no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text as HTML shows it; characters that cannot be seen are spelt out. */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(UNSEEN, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`)
    .replace(/[&<>"']/g, (c) => ENTITIES[c]);
}
