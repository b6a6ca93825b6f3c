/**
 * `deno task predict`: clips and a bundle to predictions.
 *
 * @module
 */

import process from "node:process";
import { InvalidArgumentError } from "commander";
import { commandLine } from "../src/runtime/invocation.ts";
import { sha256Hex } from "../models/sha256.ts";
import { type ClipOutcome, whyNothing } from "../src/predict/clip_file.ts";
import { findClips } from "../src/predict/find_clips.ts";
import { loadSpeechFinder } from "../src/predict/find_segments.ts";
import { predictClips } from "../src/predict/predict_clips.ts";
import { partRecord, predictionNotes } from "../src/predict/results/part_record.ts";
import { PartialResultsError } from "../src/predict/results/partial_results.ts";
import type { ResultsFile } from "../src/predict/results/results_file.ts";
import { RESULT_TARGETS } from "../src/predict/results/write_results.ts";
import { renderTimeline, type TimelineClip } from "../src/predict/timeline.ts";
import { createDecoder, DECODERS } from "../src/media/create_decoder.ts";
import type { DecoderName } from "../src/media/decoder_name.ts";
import { INPUT_LIMITS } from "../src/recognize/check_input.ts";
import { InputError } from "../src/recognize/input_error.ts";
import { loadRecognizer } from "../src/recognize/load_recognizer.ts";
import type { ModelCard } from "../src/recognize/bundle/model_card.ts";
import { nameSenses } from "../src/recognize/words/name_senses.ts";
import { fitTable } from "../src/terminal/fit_table.ts";
import { terminalWidth } from "../src/terminal/terminal_width.ts";
import { loadFaceDetector } from "../src/vision/load_face_detector.ts";
import { askedToEnd, type EndedError } from "../src/runtime/asked_to_end.ts";
import { writeFileAtomically } from "../src/runtime/write_file_atomically.ts";
import { checkPredictFlags, checkSpans } from "./flags/predict_flags.ts";
import { checkWritable } from "./shared/check_writable.ts";
import { type ClipBars, clipBars } from "./shared/clip_bars.ts";
import { drawnClip } from "./shared/drawn_clip.ts";
import { enrolFlag, enrolmentFlag, readEnrolment } from "./shared/enrol.ts";
import { checkTarget, openResults } from "./shared/open_results.ts";
import { choice, command, EXIT_FAILED, parsed, positive, runCommand } from "./command.ts";
import { EXPECTED_ERRORS } from "./shared/expected_errors.ts";
import { minConfidenceFlag } from "./flags/min_confidence_flag.ts";
import { resolvePath } from "./paths.ts";
import { checkLandmarkModel, withLandmarks } from "./shared/landmarks.ts";
import { modelFlag, readModel } from "./shared/read_model.ts";

/** Default length of a timeline's windows, in seconds. */
const TIMELINE_WINDOW = 2;

/** Windows shorter than the shortest that says anything, or longer than a stream takes, are refused. */
function windowLength(text: string): number {
  const [least, most] = INPUT_LIMITS.windowSeconds;
  const value = positive(most)(text);
  if (value < least) {
    throw new InvalidArgumentError(`Allowed: a number of seconds from ${least} to ${most}.`);
  }
  return value;
}

/** How many faces: the largest alone, all, or a number. */
function faceCount(text: string): number {
  if (text === "largest") return 1;
  if (text === "all") return Infinity;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1) {
    throw new InvalidArgumentError("Allowed: largest, all, or a whole number from 1.");
  }
  return value;
}

const predict = command("predict", "Recognise emotion in clips.")
  .argument(
    "[clips...]",
    "clip files, of any name; folders; patterns; lists with a column file (.csv, .tsv, .jsonl); " +
      "default: a drawn one, to see that all works",
  )
  .addOption(modelFlag())
  .addOption(parsed("--seconds <s>", "read this much of each clip's start", positive(600)))
  .option("--out <file>", `write a row a clip, and go on where a run was killed: ${RESULT_TARGETS}`)
  .option("--segments", "find speech in long recordings, and say a row a segment")
  .option(
    "--landmarks <path>",
    "landmark files (csv or csv.gz, named as their clips) for a model trained on such: a folder, or " +
      "a file for one clip",
  )
  .addOption(
    parsed(
      "--faces <n>",
      "how many faces of films get rows of their own: largest, all, or a number",
      faceCount,
    ),
  )
  .option("--timeline <file>", "write a page that shows predictions every half second")
  .addOption(
    parsed(
      "--window <s>",
      `length of the timeline's windows (default: ${TIMELINE_WINDOW})`,
      windowLength,
    ),
  )
  .addOption(minConfidenceFlag())
  .addOption(enrolFlag())
  .addOption(enrolmentFlag())
  .addOption(
    choice("--decoder <name>", "ffmpeg.wasm, or the ffmpeg of this machine", DECODERS)
      .default("wasm"),
  )
  .option("--json", "print one JSON document instead of the table")
  .option("--jsonl", "print one line of JSON a clip, as soon as it is known")
  .allowExcessArguments(true);

await runCommand(predict, async (flags, named) => {
  const { model, seconds, out, segments, timeline, window, minConfidence, json, jsonl } = flags as {
    model?: string;
    seconds?: number;
    out?: string;
    segments?: boolean;
    timeline?: string;
    window?: number;
    minConfidence?: number;
    json?: boolean;
    jsonl?: boolean;
  };
  const { decoder: decoderName, faces = 1 } = flags as { decoder: DecoderName; faces?: number };
  checkPredictFlags(flags);
  const page = timeline === undefined ? undefined : resolvePath(timeline);
  if (page !== undefined) {
    await checkWritable(page, { flag: "--timeline", value: timeline! }, "a page");
  }
  const paths = named.length > 0 ? named : [await standIn()];
  const found = await findClips(paths, resolvePath("."));
  const clips = await withLandmarks(found, flags);
  checkSpans(clips, flags);
  if (out !== undefined) await checkTarget(out, clips, { segments, faces, named });
  let modelHash = "";
  const recognizer = await readModel(model, async (bundle) => {
    modelHash = await sha256Hex(bundle);
    return await loadRecognizer(bundle, { minConfidence });
  });
  checkLandmarkModel(flags, recognizer.card);
  const decoder = await createDecoder(decoderName);
  let results: ResultsFile | undefined;
  let bars: ClipBars | undefined;
  const outcomes: ClipOutcome[] = [];
  const timelines: TimelineClip[] = [];
  let [done, failed, others] = [0, 0, 0];
  const begun = performance.now();
  try {
    const enrolment = await readEnrolment(flags, recognizer, decoder, seconds);
    if (out !== undefined) {
      results = await openResults(out, clips, { modelHash, enrolment, flags });
    }
    const waiting = results?.waiting ?? clips;
    if (out !== undefined) {
      whenAskedToEnd(() => {
        bars?.stop();
        const known = clips.length - waiting.length + done;
        return `${resolvePath(out)}.partial keeps ${known} of ${clips.length} clips, the same ` +
          "command goes on there";
      });
    }
    bars = clipBars(clips.length, clips.length - waiting.length);
    const timelineWindow = page === undefined ? undefined : window ?? TIMELINE_WINDOW;
    const speech = segments ? await loadSpeechFinder() : undefined;
    const finder = faces > 1 ? { detector: await loadFaceDetector(), most: faces } : undefined;
    const asked = { seconds, speech, faces: finder, timelineWindow, enrolment };
    const options = { ...asked, onProgress: bars.decoded };
    for await (const outcome of predictClips(recognizer, decoder, waiting, options)) {
      if (whyNothing(outcome) !== undefined) failed++;
      await results?.add(waiting[done], outcome);
      done++;
      bars.done(outcome.file, skippedLines(outcome));
      if (jsonl) { for (const line of asJson(outcome)) console.log(JSON.stringify(line)); }
      if (results) continue;
      outcomes.push(outcome);
      if (outcome.timeline) timelines.push(outcome.timeline);
    }
    others = await results?.finish(recognizer.card) ?? 0;
  } finally {
    bars?.stop();
    await results?.close();
    await decoder.close();
    recognizer.dispose();
  }
  if (out !== undefined) {
    const rate = (done / ((performance.now() - begun) / 1000)).toFixed(1);
    const also = `${failed} skipped, ${rate} clips a second`;
    console.error(`${resolvePath(out)} written: ${clips.length} clips, ${also}`);
    if (others > 0) {
      console.error(
        `${
          resolvePath(out)
        }.partial is left: it holds ${others} results of other clips, options or models`,
      );
    }
  } else if (json) console.log(JSON.stringify(outcomes.flatMap(asJson), null, 2));
  else if (!jsonl) console.log(table(recognizer.card, outcomes));
  if (page !== undefined && timelines.length > 0) {
    await writeFileAtomically(page, renderTimeline(recognizer.card, timelines));
    console.error(`${page} written`);
  }
  if (failed === clips.length) process.exitCode = EXIT_FAILED;
}, [...EXPECTED_ERRORS, InputError, PartialResultsError]);

/** Ends the process when it is asked to, with a line on what stays: every result is in the file by then, or not at all. */
function whenAskedToEnd(stays: () => string): void {
  const asked = askedToEnd();
  asked.addEventListener("abort", () => {
    const { message, exitCode } = asked.reason as EndedError;
    console.error(`${message}: ${stays()}`);
    process.exit(exitCode);
  });
}

/** What could not be predicted of a clip, a line a part; undefined where all could. */
function skippedLines({ file, parts }: ClipOutcome): string | undefined {
  const lines = parts.flatMap((part) => {
    if (!("reason" in part)) return [];
    const { start, end, reason } = part;
    const times = start === undefined ? "" : ` (${start.toFixed(1)} to ${end?.toFixed(1)} s)`;
    return [`skipped ${file}${times}: ${reason}`];
  });
  return lines.length > 0 ? lines.join("\n") : undefined;
}

/** A clip where none is named, and what it is. */
async function standIn(): Promise<string> {
  console.error(
    "no clip is named: a drawn face with a computed voice stands in, which feels nothing; yours: " +
      commandLine("predict CLIP..."),
  );
  return await drawnClip();
}

/** The predictions of a clip with its name before them; flat fields are those of the HTTP service. */
function asJson({ file, parts, timeline }: ClipOutcome): Record<string, unknown>[] {
  const more = timeline ? { timeline: timeline.windows } : {};
  return parts.map((part) => ({ ...partRecord(file, part), ...more }));
}

function table({ labels, name }: ModelCard, outcomes: readonly ClipOutcome[]): string {
  const timed = outcomes.some(({ parts }) => parts.some(({ start }) => start !== undefined));
  const rows = outcomes.flatMap(({ file, parts }) =>
    parts.flatMap((part) => {
      if ("reason" in part) return [];
      const { prediction, start, end, face } = part;
      const { label, probabilities, used } = prediction;
      const shares = labels.map((label) => `${(100 * probabilities[label]).toFixed(1)} %`);
      const times = timed ? [start, end].map((time) => time?.toFixed(1) ?? "") : [];
      const notes = predictionNotes(prediction).join("; ");
      const name = face === undefined ? file : `${file} (face ${face})`;
      return [[name, ...times, label, ...shares, nameSenses(used), notes]];
    })
  );
  const columns = [
    { title: "clip" },
    ...timed ? ["from", "to"].map((title) => ({ title, align: "right" as const })) : [],
    { title: "label" },
    ...labels.map((title) => ({ title, align: "right" as const })),
    ...["by", "notes"].map((title) => ({ title })),
  ];
  const skipped = outcomes.filter((outcome) => whyNothing(outcome) !== undefined).length;
  return [
    name,
    ...(rows.length > 0 ? [fitTable({ columns, rows }, terminalWidth())] : []),
    ...(skipped > 0 ? [`${skipped} of ${outcomes.length} clips skipped, named above`] : []),
  ].join("\n");
}
