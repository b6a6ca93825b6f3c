import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import type { ClipInput } from "../../src/recognize/clip_input.ts";
import type { Enrolment } from "../../src/recognize/enrol/enrolment.ts";
import { type WorkerRecognizer, WorkerRecognizerError } from "../browser/worker_recognizer.ts";
import { find } from "./find.ts";
import { PageError } from "./page_error.ts";
import { saveFile } from "./save_file.ts";

/** Who is recognised, as far as is known: kept in memory until it is forgotten or the page is closed. */
export class Person {
  readonly #recognizer: Pick<WorkerRecognizer, "card" | "enrol" | "checkEnrolment">;
  readonly #known = find("known");
  readonly #save = find<HTMLButtonElement>("save-person");
  readonly #forget = find<HTMLButtonElement>("forget");
  #enrolment: Enrolment | undefined;

  /** A stranger. */
  constructor(recognizer: Pick<WorkerRecognizer, "card" | "enrol" | "checkEnrolment">) {
    this.#recognizer = recognizer;
    this.#save.addEventListener("click", () => {
      const json = new Blob([JSON.stringify(this.#enrolment)], { type: "application/json" });
      saveFile("emofuse-enrolment.json", json);
    });
    this.forget();
  }

  /** What is known of the person; undefined of a stranger. */
  get enrolment(): Enrolment | undefined {
    return this.#enrolment;
  }

  /**
   * Gets to know the person by a recording, and by those before it.
   *
   * @returns Why nothing of it can be used, where that is so.
   */
  async learn(clip: ClipInput): Promise<WorkerRecognizerError | undefined> {
    try {
      this.#become(await this.#recognizer.enrol([clip], this.#enrolment));
    } catch (error) {
      if (error instanceof WorkerRecognizerError && error.reason === "InputError") return error;
      throw error;
    }
  }

  /**
   * Takes what was saved before.
   *
   * @throws {PageError} If the file is not JSON.
   * @throws {WorkerRecognizerError} If it is no enrolment, or of another model.
   */
  async read(file: File): Promise<void> {
    let value: unknown;
    try {
      value = JSON.parse(await file.text());
    } catch {
      throw new PageError(`“${file.name}” is not JSON.`);
    }
    this.#become(await this.#recognizer.checkEnrolment(value));
  }

  /** Makes it a stranger again. */
  forget(): void {
    this.#become(undefined);
  }

  #become(enrolment: Enrolment | undefined): void {
    this.#enrolment = enrolment;
    this.#save.hidden = this.#forget.hidden = enrolment === undefined;
    this.#known.textContent = enrolment
      ? describe(enrolment, this.#recognizer.card)
      : "Nobody is known: everybody is taken for a stranger.";
  }
}

/** What is known of a person, in words. */
function describe({ audio, video }: Enrolment, { windowSeconds }: ModelCard): string {
  const parts = [
    ...(audio ? [`your voice by ${audio.clips}`] : []),
    ...(video ? [`your face by ${video.clips}`] : []),
  ];
  const what = [audio, video].every((part) => (part?.clips ?? 1) === 1) ? "piece" : "pieces";
  return `Known: ${
    parts.join(", ")
  } ${what} of up to ${windowSeconds} s. It counts from the next prediction on.`;
}
