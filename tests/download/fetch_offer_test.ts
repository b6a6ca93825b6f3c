import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { RAVDESS } from "../../src/corpus/ravdess/ravdess.ts";
import type { FileChoice } from "../../src/download/choose_files.ts";
import { fetchOffer } from "../../src/download/fetch_offer.ts";
import { offerCorpus } from "../../src/download/offer_corpus.ts";
import { publishRecord } from "./published_corpora.ts";
import {
  ARCHIVES,
  downloadRavdess,
  filesIn,
  some,
  underWay,
  withRavdess,
} from "./ravdess_download.ts";

Deno.test("another file in the way is named, and what was fetched is there when it is gone", () =>
  withRavdess(async (root, server) => {
    const choice: FileChoice = { carries: ["audio"] };
    const [path] = Object.keys(some(/\/03-/));
    const other = join(root, path);
    mkdirSync(dirname(other), { recursive: true });
    writeFileSync(other, "somebody's");
    await assert.rejects(
      downloadRavdess(root, server, choice),
      /03-.*wav is there already and is another file: move it away/,
    );
    assert.equal(readFileSync(other, "utf8"), "somebody's");
    rmSync(other);
    server.asked.length = 0;
    await downloadRavdess(root, server, choice);
    assert.deepEqual(filesIn(root), some(/\/03-/));
    assert.deepEqual(server.asked.map(({ path }) => path), ["/zenodo.org/api/records/1188976"]);
    assert.deepEqual(underWay(root), []);
  }));

Deno.test("two downloads into one folder at once are refused", () =>
  withRavdess(async (root, server) => {
    const choice: FileChoice = { carries: ["audio"] };
    const offer = await offerCorpus(RAVDESS, root, { choice, mirror: server.url });
    const settings = { accepts: () => true };
    let other: Promise<void> | undefined;
    await fetchOffer(offer, root, {
      ...settings,
      onProgress: () => other ??= assert.rejects(fetchOffer(offer, root, settings), /under way/),
    });
    await other;
    assert.deepEqual(filesIn(root), some(/\/03-/));
  }));

Deno.test("terms are asked about once, again when they change, and nothing is fetched without a yes", () =>
  withRavdess(async (root, server) => {
    const asked: string[] = [];
    const fetch = async (answer: boolean) => {
      const choice: FileChoice = { carries: ["audio"] };
      const offer = await offerCorpus(RAVDESS, root, { choice, mirror: server.url });
      await fetchOffer(offer, root, {
        accepts: ({ terms }) => {
          asked.push(terms);
          return answer;
        },
      });
    };
    await assert.rejects(fetch(false), /the terms of record 1188976 are not accepted/);
    assert.equal(existsSync(root), false);
    mkdirSync(root);
    for (const text of ["null", '{"licence": "of something else"}', "Creative Commons"]) {
      writeFileSync(join(root, "licence.json"), text);
      await assert.rejects(fetch(true), /licence\.json is there already and is another file/);
      assert.equal(readFileSync(join(root, "licence.json"), "utf8"), text);
    }
    rmSync(root, { recursive: true });
    asked.length = 1;
    await fetch(true);
    await fetch(false);
    assert.deepEqual(asked, Array(2).fill("cc-by-nc-sa-4.0 (Doe, Jane; Roe, Richard)"));
    const kept = JSON.parse(readFileSync(join(root, "licence.json"), "utf8"));
    assert.equal(kept.terms, asked[0]);
    assert(Date.now() - Date.parse(kept.accepted) < 60_000);
    publishRecord(server, "1188976", ARCHIVES, (record) => {
      (record.metadata as Record<string, unknown>).license = { id: "other" };
    });
    await assert.rejects(fetch(false), /are not accepted/);
    assert.match(asked.at(-1)!, /^other/);
  }));
