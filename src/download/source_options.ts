import type { Corpus } from "../corpus/corpus.ts";
import type { Patience } from "../runtime/http/patience.ts";
import type { FileChoice } from "./choose_files.ts";
import type { Ledger } from "./ledger.ts";
import type { Licence } from "./licence.ts";
import type { Parcel } from "./parcel.ts";

/** What is looked for at a publisher, and how. */
export interface SourceOptions {
  /** The corpus. */
  readonly corpus: Corpus;
  /** The folder in which its files will lie. */
  readonly root: string;
  /** Which of them. */
  readonly choice: FileChoice;
  /** Address of a mirror that is asked instead of the publishers' hosts. */
  readonly mirror?: string;
  /** How often servers are asked, and how long they are waited for. */
  readonly patience: Patience;
  /** What is there already, so that nothing need be asked about it. */
  readonly ledger: Ledger;
  /** Is told how far the look at what is published is. */
  readonly onListed: (done: number, total: number, what: string) => void;
}

/** What is published, so far as it was chosen. */
export interface Offer {
  /** Its terms. */
  readonly licence: Licence;
  /** What is to be fetched. */
  readonly parcels: readonly Parcel[];
  /** What should be known of it, such as that more is fetched than was chosen. */
  readonly remarks: readonly string[];
}
