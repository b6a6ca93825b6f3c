import type { GroupComparison } from "../evaluate/rate_groups.ts";
import { percent } from "../report/percent.ts";
import { nameUnknown } from "../recognize/words/name_unknown.ts";
import type { Measured } from "./measure_judged.ts";
import { markdownTable } from "./markdown_table.ts";
import type { ModelKind } from "./model_kind.ts";
import type { Pretrained } from "./pretrain.ts";

/** What tells the voice from the face in the tables. */
const SEEN = { audio: "voice", video: "face", fused: "both" } as const;

/** The face that others are compared with. */
const UNTRAINED = "human's face, untrained";

/** What somebody should read before using a model that `deno task pretrain` made, as Markdown. */
export function renderReadme(made: Made, kind: ModelKind, file: {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}): string {
  const { card, heldOut, tests } = made;
  return [
    `# ${card.name}`,
    `${kind.use} \`${file.name}\` ` +
    `(${(file.bytes / 1e6).toFixed(2)} MB, SHA-256 \`${file.sha256}\`).`,
    whatItIs(made, kind),
    "## What it must not be used for",
    card.limits.map((limit) => `- ${limit}`).join("\n"),
    "**The law.** The EU AI Act (Regulation (EU) 2024/1689) forbids, in Article 5(1)(f), to infer emotions of " +
    "people at work and in education but for medical or safety reasons; other emotion recognition is of high " +
    "risk (Annex III), and people must be told of it (Article 50(3)).",
    `**What it is for.** ${card.intendedUse}`,
    "## How well the voice does",
    heldOutText(made),
    "### What it takes for what",
    confusionTable(heldOut, card.audio!.labels!),
    "### Who is recognised worse",
    heldOut.groups.map(groupText).join("\n\n"),
    "### Where it is heard",
    `An eighth of these clips, drawn by chance, and the same after something happened to its sound (\`src/audio/degrade\`).`,
    markdownTable(
      ["sound", "UAR", "95 % interval", "calibration error"],
      heldOut.conditions.map((one) => [one.name, ...scores(one)]),
    ),
    ...sureOf(made),
    ...(tests.length === 0 ? [] : [
      "### Elsewhere",
      `${
        kind.geometry ? "Clips of speakers that it was fitted to nothing of" : OF_OTHERS
      }, asked as \`deno task predict\` asks. Labels that it ` +
      "does not know are left out. This is what to expect of your own recordings, at best.",
      markdownTable(
        [
          "clips",
          "by",
          "clips used",
          "speakers",
          "UAR",
          "95 % interval",
          "calibration error",
          "surest half",
        ],
        tests.flatMap(({ name, rows }) =>
          rows.map((row) => [
            name,
            row.untrained ? UNTRAINED : SEEN[row.modality],
            String(row.metrics.n),
            String(row.metrics.nClusters),
            ...scores(row),
            percent(row.surestHalf),
          ])
        ),
      ),
    ]),
    "## Whose it is",
    `${card.licence.weights} Code: ${card.licence.code}. In full: [${kind.files.licences}](${kind.files.licences}).`,
    `Corpus: ${card.corpus.licence}.`,
  ].join("\n\n") + "\n";
}

/** What is shown. */
type Made = Pick<Pretrained, "card" | "heldOut" | "films" | "tests">;

/** Of whom the clips are that a model is asked about which learned from one corpus. */
const OF_OTHERS = "Clips of other corpora, of which it was fitted to none";

function whatItIs({ card }: Made, { geometry }: ModelKind): string {
  const { audio, video, corpus, labels, windowSeconds } = card;
  return [
    `- **Says** ${labels.join(", ")}: a probability of each, of windows of ${windowSeconds} s.`,
    ...nameUnknown(card).map((unknown) =>
      `- ${unknown}; where both are there, it leaves that to the other.`
    ),
    `- **Hears** the voice: statistics of pitch, level and spectrum, and the middle layers of the ` +
    `encoder of Whisper (${audio?.ear?.name}, in whole numbers), each judged by a classifier of its ` +
    `own (${audio?.model}), fitted to ${corpus.samples} clips of ${corpus.speakers.length} speakers ` +
    `of ${corpus.name}, as they are and degraded by chance: other microphones, noise, rooms, ` +
    "telephones, codecs, levels.",
    `- **Looks** at the face by a network that was trained on pictures of the web ` +
    (geometry
      ? `(${video?.backbone.name}), as it is: by what a face shows most in a clip. What that says is multiplied with ` +
        "what the place of brows, eyes, nose, mouth and jaw says, fitted to landmark files of the speakers above that " +
        "have some."
      : `(${video?.backbone.name}; FER2013), as it is: by what a face shows most in a clip.`),
  ].join("\n");
}

function heldOutText({ heldOut }: Made): string {
  const { metrics: { n, uar, uarCi95, accuracy, ece }, surestHalf, speakers, trainedOn } = heldOut;
  return `A model fitted in the same way to ${trainedOn} speakers, asked about the ${n} clips of the ` +
    `${speakers.length} others (${nameSpeakers(speakers)}), which it had never heard:\n\n` +
    markdownTable(["", ""], [
      ["unweighted average recall (UAR)", `${percent(uar)} (95 % interval ${interval(uarCi95)})`],
      ["chance", percent(1 / heldOut.metrics.confusion.length)],
      ["accuracy", percent(accuracy)],
      ["accuracy of the half that it is surest of", percent(surestHalf)],
      ["expected calibration error", ece.toFixed(3)],
      ["the same without scaling", heldOut.eceBefore.toFixed(3)],
    ]) +
    "\n\nIntervals are 95 %, by a bootstrap that draws whole speakers.";
}

/** How the face, and both together, are calibrated, where films did that. */
function sureOf({ card, films }: Made): string[] {
  const entries = card.calibration?.filter(({ modality }) => modality !== "audio") ?? [];
  if (!films || entries.length === 0) return [];
  return [
    "### How sure the face is, and both together",
    `By ${films} of speakers that nothing in the model was fitted to: the probabilities are taken to the power of 1 / T. ` +
    "The model's T is that of all these clips; errors, here and below, are measured for each speaker at the T of the " +
    "others.",
    markdownTable(
      ["", "clips", "T", "calibration error", "without scaling", "surest half"],
      entries.map(({ modality, n, temperature, eceBefore, eceAfter, surestHalf }) => [
        SEEN[modality],
        String(n),
        temperature.toFixed(2),
        eceAfter?.toFixed(3) ?? "",
        eceBefore.toFixed(3),
        percent(surestHalf),
      ]),
    ),
  ];
}

/** First and last speaker, of each corpus where there are several: then names have the corpus before them. */
function nameSpeakers(speakers: readonly string[]): string {
  const corpora = Map.groupBy(speakers, (speaker) => speaker.match(/^.*(?=\/)/)?.[0]);
  return [...corpora.values()].map((own) => `${own[0]} to ${own.at(-1)}`).join(", ");
}

function confusionTable({ metrics: { confusion } }: Measured, labels: readonly string[]): string {
  const rows = confusion.map((counts, t) => {
    const sum = counts.reduce((a, b) => a + b, 0);
    return [labels[t], ...counts.map((count) => (100 * count / (sum || 1)).toFixed(0))];
  });
  return "Of each acted emotion, how many per cent are taken for which:\n\n" +
    markdownTable(["acted", ...labels], rows);
}

function groupText({ attribute, groups, gap }: GroupComparison & { attribute: string }): string {
  const table = markdownTable(
    [attribute, "clips", "speakers", "UAR", "95 % interval"],
    groups.map(({ group, n, speakers, uar, uarCi95 }) => [
      group,
      String(n),
      String(speakers),
      percent(uar),
      interval(uarCi95),
    ]),
  );
  if (!gap) return table;
  const { better, worse, difference, ci95: [low, high] } = gap;
  const points = (share: number) => (100 * share).toFixed(1);
  return `${table}\n\n${worse} is recognised worse than ${better} by ${
    points(difference)
  } percentage points (95 % interval ${points(low)} to ${points(high)}).`;
}

function scores({ metrics: { uar, uarCi95, ece } }: Measured): string[] {
  return [percent(uar), interval(uarCi95), ece.toFixed(3)];
}

function interval(ci95: readonly [number, number] | null): string {
  return ci95 ? `${percent(ci95[0])} to ${percent(ci95[1])}` : "";
}
