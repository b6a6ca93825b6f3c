import { join } from "node:path";
import type { Corpus } from "../corpus/corpus.ts";
import type { Patience } from "../runtime/http/patience.ts";
import { DownloadError } from "../runtime/http/download_error.ts";
import { checkChoice, type FileChoice } from "./choose_files.ts";
import { gitHubOffer } from "./github/github_offer.ts";
import { Ledger } from "./ledger.ts";
import type { Offer } from "./source_options.ts";
import { WORK_FOLDER } from "./workplace.ts";
import { zenodoOffer } from "./zenodo/zenodo_offer.ts";

/** Settings of {@linkcode offerCorpus}. */
export interface OfferCorpusOptions {
  /**
   * Which files are wanted.
   *
   * @default {all}
   */
  readonly choice?: FileChoice;
  /**
   * Address of a mirror that is asked instead of the publishers' hosts: it keeps what each of them has in a
   * folder of the host's name, such as `https://mirror/zenodo.org/api/records/1188976`.
   *
   * @default {none}
   */
  readonly mirror?: string;
  /**
   * How often servers are asked, and how long they are waited for.
   *
   * @default {once, and a minute without a byte}
   */
  readonly patience?: Patience;
  /**
   * Is told how far the look at what is published is.
   *
   * @default {nobody is told}
   */
  readonly onListed?: (done: number, total: number, what: string) => void;
}

/**
 * Looks at what the authors of a corpus publish of it, and at its terms; nothing is written.
 *
 * @param root The folder in which its files will lie, or lie in part already.
 *
 * @throws {DownloadError} If the corpus is not published, cannot be listed, or has nothing of what is chosen.
 * @throws {CorpusError} If no clip of the corpus can be chosen by a filter.
 */
export async function offerCorpus(
  corpus: Corpus,
  root: string,
  { choice = {}, mirror, patience = {}, onListed = () => {} }: OfferCorpusOptions = {},
): Promise<Offer> {
  const { publication } = corpus;
  if (publication === undefined) {
    throw new DownloadError(`${corpus.title} is not published where it could be downloaded from`);
  }
  checkChoice(corpus, choice);
  const ledger = await Ledger.open(root, join(root, WORK_FOLDER));
  const options = { corpus, root, choice, mirror, patience, onListed, ledger };
  const offer = publication.kind === "zenodo"
    ? await zenodoOffer(publication, options)
    : await gitHubOffer(publication, options);
  if (offer.parcels.length === 0) {
    throw new DownloadError(`nothing that is published of ${corpus.title} passes what is chosen`);
  }
  return offer;
}
