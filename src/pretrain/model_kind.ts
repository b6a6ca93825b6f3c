import { LABEL_MAPS } from "../corpus/label_maps/registry.ts";
import type { LabelMap } from "../corpus/label_maps/label_map.ts";

/** A model that `deno task pretrain` makes. */
export interface ModelKind {
  /** What its file is called, without extension. */
  readonly name: "default" | "research";
  /** What its card is called. */
  readonly title: string;
  /** Which labels of a corpus it learns, and under which name; undefined where it learns all. */
  readonly labelMap: LabelMap | undefined;
  /** Whether its face is fitted to landmark files beside what the expression network says. */
  readonly geometry: boolean;
  /** Where it is used, as Markdown. */
  readonly use: string;
  /** Names of the files that say how far to trust it, and whose it is. */
  readonly files: { readonly readme: string; readonly licences: string };
  /** The first sentence on whose it is. */
  readonly terms: string;
}

/** The model that comes with Emofuse: free of non-commercial terms. */
export const DEFAULT_KIND: ModelKind = {
  name: "default",
  title: "Emofuse's default: a voice that knows CREMA-D, a face that knows FER2013",
  labelMap: undefined,
  geometry: false,
  use:
    "The model of `deno task predict`, `serve` and `bundle` where no `--model` is given, and of " +
    "`loadDefaultRecognizer()`. `deno task pretrain` wrote this page and",
  files: { readme: "README.md", licences: "LICENCES" },
  terms:
    `The model beside this file holds, or was made of, what is listed here. None of it is bound to
non-commercial use.`,
};

/** The model for research: it may learn from what is bound to non-commercial use, and does not come with Emofuse. */
export const RESEARCH_KIND: ModelKind = {
  name: "research",
  title:
    "Emofuse's research model: a voice that knows several corpora, a face that knows pictures " +
    "of the web and landmark files",
  // Calm has no counterpart in other corpora: left out it costs nobody anything (docs/pretrained.md).
  labelMap: LABEL_MAPS.find(({ name }) => name === "ekman6+neutral")!,
  geometry: true,
  use:
    "The model of `--model research` in `deno task predict`, `serve` and `bundle`. It may be bound to " +
    "non-commercial use by the corpora that it learned from (below), and is on this machine only: " +
    "`deno task pretrain --research` wrote this page and",
  files: { readme: "research.md", licences: "research.LICENCES" },
  terms:
    `The model beside this file holds, or was made of, what is listed here. Where a corpus is bound to
non-commercial use (RAVDESS is, and to share alike), so is the model.`,
};
