import { basename, dirname, resolve } from "node:path";
import type { Clip, SkippedFile } from "../../corpus/clip.ts";
import { RowReader } from "../../corpus/manifest/clips_of_rows.ts";
import { LIST_NAME } from "../../corpus/manifest/listed_corpus.ts";
import { type BadRow, type ListedRow, listedRow } from "../../corpus/manifest/listed_row.ts";
import { isStreamed, streamRows } from "../../corpus/manifest/stream_rows.ts";
import { GENERAL_WORDS } from "../../corpus/words.ts";
import { WordColumn } from "../../numeric/word_column.ts";
import { checkGroups } from "../../pipeline/samples/check_groups.ts";
import { rareReason, usableLabels } from "../../pipeline/samples/classes.ts";
import { makeSamples, type Sample } from "../../pipeline/samples/samples.ts";
import { type SplitFacts, splitSamples } from "../../pipeline/samples/split_samples.ts";
import type { RunSettings } from "../../pipeline/run/find_inputs.ts";
import type { PlanSource } from "./plan_source.ts";
import { PlanError } from "../plan_error.ts";
import { sampleSeconds } from "./sample_seconds.ts";

/**
 * Whether the samples of a run are the rows of one list and nothing else, so that each row can be judged by itself:
 * there are no filters, label maps, landmark files or tables of features, and corpora are not compared.
 */
export function isListAlone({ config, places, protocol, tables }: RunSettings): boolean {
  const { filter, labelMap, list, modality } = config;
  const [{ dir, corpus = LIST_NAME }, ...others] = places.folders ?? [{ dir: places.data }];
  const isFiltered = Object.values(filter).some((values) => values !== undefined);
  const usesLandmarks = places.landmarks !== undefined && modality !== "audio";
  return others.length === 0 && corpus === LIST_NAME && isStreamed(dir) && !isFiltered &&
    !labelMap && list?.table === undefined && !usesLandmarks && tables.size === 0 &&
    !protocol.acrossCorpora;
}

/**
 * The samples of a list, which is read twice: for what decides on folds, of which a few words a sample are kept, and
 * again when the samples are wanted. Undefined where rows cannot be judged by themselves after all, or the list cannot
 * be used: who reads it whole says why.
 *
 * @throws {CorpusError} If the list cannot be read.
 * @throws As `findClips` does.
 */
export async function sourceOfList(settings: RunSettings): Promise<PlanSource | undefined> {
  const { config, protocol, places } = settings;
  const path = resolve((places.folders ?? [{ dir: places.data }])[0].dir);
  const read = await readFacts(path, settings);
  if (!read) return undefined;
  const { facts, used, skipped, forgotten, sha256 } = read;
  const labels = [...facts.counts.keys()].sort();
  const classes = usableLabels(facts.counts, { labels, words: GENERAL_WORDS }, skipped);
  const usable = new Set(classes);
  const rare = labels.filter((label) => !usable.has(label));
  if (config.by) checkGroups(config.by, [...facts.samples(usable)]);
  const corpus = { words: GENERAL_WORDS, folds: [] };
  const folds = splitSamples(config, protocol, facts.samples(usable), classes, corpus);
  return {
    places,
    count: sumOf(facts.counts, usable),
    seconds: sumOf(facts.seconds, usable),
    folds: folds.map(({ name }) => name),
    remarks: [`corpus: ${basename(path)}`],
    left: {
      count: skipped.length + forgotten + sumOf(facts.counts, new Set(rare)),
      first: [...skipped, ...rare.map((label) => facts.rare(label))],
    },
    async *samples() {
      const list = new ListRows(path, settings);
      for await (const { row, n } of list.rows()) {
        if (!used.has(n) || !("label" in row)) continue;
        const [sample] = list.samples(list.reader.clipOf(row)).samples;
        if (usable.has(sample.label)) yield sample;
      }
      if (list.sha256 === sha256) return;
      throw new PlanError(`${path} has changed while it was read: plan again`);
    },
  };
}

/** Files that give nothing and are remembered for an error. */
const MOST_SKIPPED = 1000;

/** What the first reading of a list gives. */
interface ReadFacts {
  /** What decides on folds. */
  readonly facts: Facts;
  /** Numbers of the rows that give a sample. */
  readonly used: Numbers;
  /** The first rows that give none. */
  readonly skipped: SkippedFile[];
  /** How many more there are. */
  readonly forgotten: number;
  /** SHA-256 of the list. */
  readonly sha256: string;
}

/** Reads a list for the first time; what tells its rows apart is forgotten afterwards. */
async function readFacts(path: string, settings: RunSettings): Promise<ReadFacts | undefined> {
  const list = new ListRows(path, settings);
  const facts = new Facts(neededAttributes(settings));
  const used = new Numbers();
  const skipped: SkippedFile[] = [];
  let forgotten = 0;
  for await (const { row, n, line } of list.rows()) {
    const clip = await list.reader.read(row, line);
    const found = "reason" in clip ? { samples: [], skipped: [clip] } : list.samples(clip);
    for (const sample of found.samples) {
      facts.add(sample, line, sampleSeconds(sample, settings.config.seconds));
      used.add(n);
    }
    if (skipped.length < MOST_SKIPPED) skipped.push(...found.skipped);
    else forgotten += found.skipped.length;
  }
  if (list.isTogether || facts.counts.size === 0) return undefined;
  return { facts, used, skipped, forgotten, sha256: list.sha256 };
}

/** The rows of a list, one after the other. */
class ListRows {
  readonly #path: string;
  readonly #settings: RunSettings;
  /** Makes clips of them. */
  readonly reader: RowReader;
  /** SHA-256 of the list, once it is read. */
  sha256 = "";
  /** Whether rows cannot be judged by themselves, or lack what they must have. */
  isTogether = false;

  constructor(path: string, settings: RunSettings) {
    this.#path = path;
    this.#settings = settings;
    this.reader = new RowReader({
      list: path,
      root: dirname(path),
      name: LIST_NAME,
      several: false,
      whereOf: (line) => this.#where(line),
    });
  }

  /** What each row says, with its number and its line; nothing where `isTogether`. */
  async *rows(): AsyncGenerator<{ row: ListedRow | BadRow; n: number; line: number }> {
    const { label = "label", speaker = "speaker" } = this.#settings.config.list ?? {};
    let n = 0;
    for await (const row of streamRows(this.#path)) {
      if ("columns" in row) {
        const has = (name: string) => row.columns.includes(name);
        const joins = has("corpus") || this.#settings.protocol.mergeTwins && has("take");
        this.isTogether = joins || !["file", label, speaker].every(has);
        if (this.isTogether) return;
      } else if ("sha256" in row) this.sha256 = row.sha256;
      else {
        const { line } = row;
        const where = this.#where(line);
        const listed = "values" in row
          ? listedRow({ where, values: row.values }, { label, speaker })
          : { where, reason: row.reason };
        yield { row: listed, n: n++, line };
      }
    }
  }

  /** The sample of a clip, or why it gives none. */
  samples(clip: Clip): ReturnType<typeof makeSamples> {
    const { config: { modality }, protocol: { mergeTwins } } = this.#settings;
    return makeSamples([clip], { modality, mergeTwins });
  }

  #where(line: number): string {
    return `line ${line} of ${basename(this.#path)}`;
  }
}

/** What decides on folds, of each sample: a column a fact takes less than an object a sample. */
class Facts {
  /** Number of samples of each label. */
  readonly counts = new Map<string, number>();
  /** Their seconds of media. */
  readonly seconds = new Map<string, number>();
  /** The first sample of each label. */
  readonly #first = new Map<string, string>();
  readonly #needed: readonly string[];
  readonly #labels = new WordColumn();
  readonly #speakers = new WordColumn();
  readonly #takes = new WordColumn();
  readonly #parts = new WordColumn();
  readonly #attributes = new WordColumn();
  readonly #lines: number[] = [];

  /** Keeps the attributes of the names `needed`. */
  constructor(needed: readonly string[]) {
    this.#needed = needed;
  }

  /** Adds the sample of a line of the list. */
  add({ id, speaker, label, take, part, attributes }: Sample, line: number, seconds: number): void {
    if (!this.counts.has(label)) this.#first.set(label, id);
    this.counts.set(label, (this.counts.get(label) ?? 0) + 1);
    this.seconds.set(label, (this.seconds.get(label) ?? 0) + seconds);
    this.#labels.push(label);
    this.#speakers.push(speaker);
    this.#takes.push(take === id ? undefined : take);
    this.#parts.push(part);
    const needed = this.#needed.filter((name) => name in attributes);
    this.#attributes.push(JSON.stringify(needed.map((name) => [name, attributes[name]])));
    this.#lines.push(line);
  }

  /** Why the samples of a label are left out, with the first of them. */
  rare(label: string): SkippedFile {
    return { file: this.#first.get(label)!, reason: rareReason(label, this.counts.get(label)!) };
  }

  /** The samples of some labels; one that has no take of its own has that of its line. */
  *samples(labels: ReadonlySet<string>): Generator<SplitFacts> {
    const known = new Map<string, Sample["attributes"]>();
    for (const [i, line] of this.#lines.entries()) {
      const label = this.#labels.at(i)!;
      if (!labels.has(label)) continue;
      const text = this.#attributes.at(i)!;
      const attributes = known.get(text) ?? Object.fromEntries(JSON.parse(text));
      known.set(text, attributes);
      yield {
        label,
        speaker: this.#speakers.at(i)!,
        take: this.#takes.at(i) ?? `line ${line}`,
        part: this.#parts.at(i) as Sample["part"],
        corpus: LIST_NAME,
        attributes,
      };
    }
  }
}

/** A set of whole numbers from 0 on: a bit each. */
class Numbers {
  #bits = new Uint8Array(1024);

  add(n: number): void {
    if (n >> 3 >= this.#bits.length) {
      const more = new Uint8Array(2 * this.#bits.length);
      more.set(this.#bits);
      this.#bits = more;
    }
    this.#bits[n >> 3] |= 1 << (n & 7);
  }

  has(n: number): boolean {
    return (this.#bits[n >> 3] >> (n & 7) & 1) === 1;
  }
}

function sumOf(values: ReadonlyMap<string, number>, labels: ReadonlySet<string>): number {
  return [...values].reduce((sum, [label, value]) => labels.has(label) ? sum + value : sum, 0);
}

/** The attributes that samples are grouped by. */
function neededAttributes({ config: { by = [], folds } }: RunSettings): string[] {
  const left = typeof folds === "object" && folds && "leaveOut" in folds ? [folds.leaveOut] : [];
  return [...by, ...left].map(({ attribute }) => attribute);
}
