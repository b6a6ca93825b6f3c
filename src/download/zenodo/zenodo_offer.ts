import type { ZenodoPublication } from "../../corpus/published.ts";
import { chooseFiles, shareOf } from "../choose_files.ts";
import type { Parcel } from "../parcel.ts";
import type { Offer, SourceOptions } from "../source_options.ts";
import { NoRanges, RangeSource } from "../zip/range_source.ts";
import { type Member, readDirectory } from "../zip/read_directory.ts";
import { plainFile, someMembers, wholeArchive } from "./archive_parcel.ts";
import { readRecord, type RecordFile } from "./read_record.ts";

/**
 * What a record of Zenodo offers of what is chosen: archives as a whole where all of them is wanted, else what
 * their directories list of it.
 *
 * @throws {DownloadError} If the record or a directory cannot be read.
 * @throws {CorpusError} If the corpus has no filter of that name.
 */
export async function zenodoOffer(
  { record: id, holds }: ZenodoPublication,
  options: SourceOptions,
): Promise<Offer> {
  const { corpus, choice, onListed } = options;
  const record = await readRecord(id, options);
  const parcels: Parcel[] = [];
  const remarks: string[] = [];
  for (const [i, file] of record.files.entries()) {
    onListed(i, record.files.length, file.name);
    if (!file.name.toLowerCase().endsWith(".zip")) {
      parcels.push(plainFile(file));
      continue;
    }
    const share = shareOf(corpus, holds(file.name), choice);
    if (share === "none") continue;
    const parcel = share === "all" ? wholeArchive(file) : await partOf(file, options, remarks);
    if (parcel) parcels.push(parcel);
  }
  onListed(record.files.length, record.files.length, "");
  const { title, creators, licence, page } = record;
  const terms = `${licence} (${creators.join("; ")})`;
  return { licence: { title, terms, page }, parcels, remarks };
}

/** What is chosen of an archive whose name does not tell; undefined where it is nothing. */
async function partOf(
  file: RecordFile,
  { corpus, root, choice, patience }: SourceOptions,
  remarks: string[],
): Promise<Parcel | undefined> {
  const source = new RangeSource(file.name, file.url, file.bytes, { patience });
  const choose = (paths: readonly string[]) => chooseFiles(corpus, root, paths, choice);
  let members: Member[];
  try {
    members = await readDirectory(source);
  } catch (error) {
    if (!(error instanceof NoRanges)) throw error;
    remarks.push(`${file.name} is fetched whole: the server sends no parts of files`);
    return wholeArchive(file, choose);
  } finally {
    await source.close();
  }
  const chosen = new Set(await choose(members.map(({ path }) => path)));
  if (chosen.size === members.length) return wholeArchive(file);
  const wanted = members.filter(({ path }) => chosen.has(path));
  const isClip = ({ path }: Member) => corpus.isNamed(path);
  // Tables are of no use without clips.
  return wanted.some(isClip) ? someMembers(source, wanted) : undefined;
}
