import { find } from "../find.ts";
import { subjectName } from "./subject.ts";

/** Lets a person choose which of several subjects is shown, and tells of each what was recognised. */
export class SubjectChoice {
  readonly #set = find("subjects");
  readonly #list = find("subject-list");
  readonly #onChange: () => void;
  /** The chosen one; undefined until there is one. */
  chosen: number | undefined;
  /** Whether a person chose it. */
  isPicked = false;

  /** @param onChange Is told when another one is chosen. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
    this.#list.addEventListener("change", ({ target }) => {
      this.chosen = Number((target as HTMLInputElement).value);
      this.isPicked = true;
      this.#onChange();
    });
  }

  /** Shows nothing. */
  clear(): void {
    this.chosen = undefined;
    this.isPicked = false;
    this.#set.hidden = true;
    this.#list.replaceChildren();
  }

  /**
   * Shows what there is to choose from. What has the focus keeps it.
   *
   * @param words What is said of each, in the order in which they are shown.
   */
  show(words: ReadonlyMap<number, string>): void {
    this.#set.hidden = false;
    const rows = new Map(
      [...this.#list.querySelectorAll("label")].map((row) => [Number(row.dataset.key), row]),
    );
    for (const [key, row] of rows) if (!words.has(key)) row.remove();
    for (const [key, text] of words) {
      const row = rows.get(key) ?? this.#list.appendChild(makeRow(key));
      row.querySelector("input")!.checked = key === this.chosen;
      row.querySelector("span")!.textContent = text;
    }
  }
}

function makeRow(key: number): HTMLLabelElement {
  const row = document.createElement("label");
  row.dataset.key = `${key}`;
  const radio = document.createElement("input");
  radio.type = "radio";
  radio.name = "subject";
  radio.value = `${key}`;
  const name = document.createElement("b");
  name.textContent = `${subjectName(key)}:`;
  row.append(radio, name, document.createElement("span"));
  return row;
}
