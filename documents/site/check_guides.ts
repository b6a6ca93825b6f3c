import { readFile, stat } from "node:fs/promises";
import { posix } from "node:path";
import { join } from "node:path";
import { isMissing } from "../../src/runtime/files/file_problem.ts";
import { type MarkdownOutline, outlineMarkdown } from "./markdown.ts";
import { type Notebook, readNotebook } from "./read_notebook.ts";

/** A link that leads nowhere. */
export interface BrokenLink {
  /** The file in which it stands. */
  readonly file: string;
  /**
   * The line on which it stands, from 1.
   *
   * @default {of a page that a program made it does not matter}
   */
  readonly line?: number;
  /** Where it leads, as it is written. */
  readonly target: string;
  /** What is wrong. */
  readonly problem: string;
}

/** A link that leads nowhere, in one line. */
export function describeBrokenLink({ file, line, target, problem }: BrokenLink): string {
  return `${file}${line === undefined ? "" : `:${line}`}: ${target} ${problem}`;
}

/** Whether a link leads out of the site: to another site, or to a mail program. */
export function leadsOut(target: string): boolean {
  return /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target);
}

/**
 * Finds the links of documents in the project's folder that lead to no file, or to no heading of one. Those
 * to other sites are not looked at.
 *
 * @param root The project's folder.
 * @param files The documents, in Markdown or as notebooks, as paths from it with `/`.
 *
 * @throws {DocumentError} If a notebook is none.
 */
export async function checkGuides(root: string, files: readonly string[]): Promise<BrokenLink[]> {
  const outlines = new Map<string, Promise<MarkdownOutline>>();
  const outlineOf = (file: string) => {
    const known = outlines.get(file) ?? readOutline(root, file);
    outlines.set(file, known);
    return known;
  };
  const broken: BrokenLink[] = [];
  for (const file of files) {
    for (const link of (await outlineOf(file)).links) {
      if (leadsOut(link.target)) continue;
      const [path, anchor] = link.target.split("#");
      const target = path === "" ? file : posix.join(posix.dirname(file), decodeURI(path));
      const problem = await problemOf(root, target, anchor, outlineOf);
      if (problem !== undefined) broken.push({ file, ...link, problem });
    }
  }
  return broken;
}

async function problemOf(
  root: string,
  file: string,
  anchor: string | undefined,
  outlineOf: (file: string) => Promise<MarkdownOutline>,
): Promise<string | undefined> {
  if (file.startsWith("../")) return "leads out of the project";
  try {
    await stat(join(root, file));
  } catch (error) {
    if (isMissing(error)) return `leads to ${file}, which is not there`;
    throw error;
  }
  if (anchor === undefined || !/\.(md|ipynb)$/.test(file)) return undefined;
  const { anchors } = await outlineOf(file);
  return anchors.has(anchor) ? undefined : `leads to #${anchor}, which ${file} has not`;
}

/** A notebook's outline is that of its text. */
async function readOutline(root: string, file: string): Promise<MarkdownOutline> {
  const text = await readFile(join(root, file), "utf8");
  return outlineMarkdown(file.endsWith(".ipynb") ? textOf(readNotebook(file, text)) : text);
}

function textOf({ cells }: Notebook): string {
  return cells.filter(({ kind }) => kind === "markdown").map(({ source }) => source).join("\n\n");
}
