/**
 * Expressions that are evaluated in a page: each gives a list of what is wrong, in words, and so an empty
 * one of a page that is as it should be.
 */

/** Opens everything that is folded away, so that it is looked at too. */
export const UNFOLD =
  `for (const folded of document.querySelectorAll("details")) folded.open = true;`;

/** What each check says of an element. */
const NAME =
  `const name = (e) => e.tagName.toLowerCase() + "." + (e.className.baseVal ?? e.className) +
  ' "' + e.textContent.trim().slice(0, 40) + '"';`;

/** Elements that are wider than the window, or than the card or frame they are in. */
export const OVERFLOWING = `(() => {
  ${NAME}
  const width = document.documentElement.clientWidth;
  const wrong = [];
  if (document.documentElement.scrollWidth > width) {
    wrong.push("the document is " + document.documentElement.scrollWidth + " wide, not " + width);
  }
  for (const e of document.querySelectorAll("body *")) {
    if (e.matches(".skip") || (e.closest(".scroll") && !e.matches(".scroll"))) continue;
    const box = e.getBoundingClientRect();
    if (box.width === 0) continue;
    const frame = e.parentElement.closest(".card, .frame, td, th")?.getBoundingClientRect();
    const left = Math.max(0, frame?.left ?? 0), right = Math.min(width, frame?.right ?? width);
    if (box.left < left - 1 || box.right > right + 1) {
      wrong.push(name(e) + " from " + Math.round(box.left) + " to " + Math.round(box.right) +
        ", allowed " + Math.round(left) + " to " + Math.round(right));
    }
  }
  return wrong;
})()`;

/** Text whose contrast with what is behind it is below 4.5 to 1 (WCAG 2.2, 1.4.3). */
export const ILLEGIBLE = `(() => {
  ${NAME}
  const parse = (text) => {
    const numbers = text.match(/[\\d.]+(e-?\\d+)?/g).map(Number);
    const scale = text.startsWith("color(") ? 1 : 255;
    return { rgb: numbers.slice(0, 3).map((v) => v / scale), alpha: numbers[3] ?? 1 };
  };
  const luminance = ({ rgb }) => {
    const [r, g, b] = rgb.map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.alpha > 0) return colour;
    }
    throw new Error("nothing behind " + name(e));
  };
  return [...document.querySelectorAll("body *")].filter((e) =>
    [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim() !== "") &&
    e.tagName !== "title" && e.getClientRects().length > 0
  ).flatMap((e) => {
    const style = getComputedStyle(e);
    const [a, b] = [luminance(parse(e.tagName === "text" ? style.fill : style.color)), luminance(behind(e))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return contrast < 4.5 ? [name(e) + " has contrast " + contrast.toFixed(2)] : [];
  });
})()`;

/** What a reader who does not see the page would miss. */
export const INACCESSIBLE = `(() => {
  ${NAME}
  const wrong = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  for (const e of all("svg")) {
    const nested = e.parentElement.closest("svg");
    const spoken = e.getAttribute("role") === "img" && e.getAttribute("aria-label");
    if (!nested && !spoken && e.getAttribute("aria-hidden") !== "true") wrong.push(name(e) + ": no text");
  }
  for (const e of all("th")) if (!e.scope) wrong.push(name(e) + ": no scope");
  for (const e of all("table")) {
    if (!e.caption && !e.ariaLabel && !e.closest("[aria-label]")) wrong.push(name(e) + ": no caption");
    const widths = new Set([...e.rows].map((row) => row.cells.length));
    if (widths.size !== 1) wrong.push(name(e) + ": rows of " + [...widths].join(" and ") + " cells");
  }
  const ids = all("[id]").map((e) => e.id);
  if (new Set(ids).size !== ids.length) wrong.push("an id stands twice");
  for (const e of all("a[href^='#']")) {
    if (!document.getElementById(e.hash.slice(1))) wrong.push(name(e) + ": leads nowhere");
  }
  let level = 0;
  for (const e of all("h1, h2, h3, h4")) {
    const next = Number(e.tagName[1]);
    // The cards at the top stand between the title and the first section.
    if (next > level + 1 && !e.closest("header")) wrong.push(name(e) + ": a level is left out");
    level = next;
  }
  if (all("h1").length !== 1) wrong.push("not one h1");
  if (!document.documentElement.lang) wrong.push("no language");
  return wrong;
})()`;

/** Places of the page's head and sections: what a screenshot is compared by. */
export const REGIONS = `[...document.querySelectorAll("body > header, main > section")].map((e) => {
  const { x, y, width, height } = e.getBoundingClientRect();
  return { id: e.id || "head", x, y: y + scrollY, width, height };
})`;
