/**
 * `deno task docs`: the guides and the descriptions of all exports as a static site, whose links are
 * checked before it is written.
 *
 * @module
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import manifest from "../../deno.json" with { type: "json" };
import {
  checkReplaceable,
  OccupiedFolderError,
  writeFolder,
} from "../../adapters/bundle/write_folder.ts";
import { apiPages } from "../../documents/site/api_pages.ts";
import { checkGuides } from "../../documents/site/check_guides.ts";
import { checkSite } from "../../documents/site/check_site.ts";
import { DocumentError } from "../../documents/site/document_error.ts";
import { findDocuments } from "../../documents/site/find_documents.ts";
import { API_FOLDER, guidePages } from "../../documents/site/guide_pages.ts";
import { command, runCommand } from "../command.ts";
import { resolvePath } from "../paths.ts";
import { reportBroken } from "../shared/report_broken.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const docs = command("docs", "Write the guides and the descriptions of all exports as a site.")
  .option("--out <dir>", "folder of the site (default: build/site)");

await runCommand(docs, async ({ out }) => {
  const folder = out === undefined ? join(ROOT, "build", "site") : resolvePath(out as string);
  await checkReplaceable(folder);
  if (reportBroken(await checkGuides(ROOT, await findDocuments(ROOT)))) return;
  const files = await guidePages(ROOT);
  const made = await mkdtemp(join(tmpdir(), "emofuse-docs-"));
  try {
    const { pages, unlinked } = await apiPages(ROOT, Object.values(manifest.exports), made);
    for (const [name, bytes] of pages) files.set(posix.join(API_FOLDER, name), bytes);
    if (unlinked.length > 0) {
      console.error(
        `${unlinked.length} links of deno doc to pages that it does not make are plain text`,
      );
    }
  } finally {
    await rm(made, { recursive: true });
  }
  if (reportBroken(checkSite(files))) return;
  await writeFolder(folder, files);
  console.error(`${join(folder, "index.html")}: ${files.size} files, every link leads somewhere`);
}, [DocumentError, OccupiedFolderError]);
