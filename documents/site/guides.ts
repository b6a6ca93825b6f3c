import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** A document of the site. */
export interface Guide {
  /** Its file, as a path from the project's folder, always with `/`. */
  readonly file: string;
  /** Its page, as a path from the site's folder. */
  readonly page: string;
  /** What stands above it in the list of pages. */
  readonly group: string;
}

/**
 * The documents that the site is made of, in the order of its list of pages: the README, the notebook, the
 * guides of `docs/` by name, and what tells of the project.
 *
 * @param root The project's folder.
 */
export async function findGuides(root: string): Promise<Guide[]> {
  const docs = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md")).sort();
  return [
    guide("README.md", "Emofuse"),
    guide("notebooks/tutorial.ipynb", "Emofuse"),
    ...docs.map((name) => guide(`docs/${name}`, "Guides")),
    guide("models/pretrained/README.md", "Guides"),
    guide("CHANGELOG.md", "Project"),
    guide("CONTRIBUTING.md", "Project"),
  ];
}

function guide(file: string, group: string): Guide {
  const page = file.replace(/README\.md$/, "index.html").replace(/\.(md|ipynb)$/, ".html");
  return { file, page, group };
}
