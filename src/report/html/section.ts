import { type Content, type Markup, markup } from "./markup.ts";

/** A section of a page. */
export interface Section {
  /** Its anchor. */
  readonly id: string;
  /** Its heading. */
  readonly title: string;
  /** Its name in the list of contents. */
  readonly short: string;
  /** What it says. */
  readonly body: Content;
}

/** A section with its heading. */
export function renderSection({ id, title, body }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>`;
}

/** Something that is folded away until it is asked for; printed, it is open. */
export function folded(summary: Content, body: Content): Markup {
  return markup`<details><summary>${summary}</summary>
${body}
</details>`;
}

/** A table too wide for a narrow screen: it scrolls in its own frame, by keyboard too. */
export function scrolling(label: string, table: Markup): Markup {
  return markup`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}
