import type { ModelCard, NetworkCard } from "../../src/recognize/bundle/model_card.ts";
import { nameUnknown } from "../../src/recognize/words/name_unknown.ts";

/** One line on the model. */
export function describeModel(card: ModelCard): string {
  const known = `Knows: ${card.labels.join(", ")}`;
  return [`Model: ${card.name}`, known, ...nameUnknown(card)].map((text) => `${text}.`).join(" ");
}

/** Writes the model card into a list of terms. */
export function showCard(list: HTMLElement, card: ModelCard): void {
  const { corpus, protocol } = card;
  const n = corpus.speakers.length;
  const speakers = n === 1 ? "one speaker" : `${n} speakers`;
  const best = protocol.rows.at(-1);
  const facts: [string, string | undefined][] = [
    ["Trained on", `${corpus.name}: ${corpus.samples} clips of ${speakers}`],
    [
      "On clips not seen",
      best &&
      `${share(best.accuracy)} right of ${best.n} (${share(best.ci95[0])} to ${
        share(best.ci95[1])
      }; guessing: ${share(protocol.chance)}; ${protocol.name})`,
    ],
    ["Voice network", card.audio?.ear && ofNetwork(card.audio.ear)],
    ["Face network", card.video && ofNetwork(card.video.backbone)],
    ["Intended use", card.intendedUse],
    ["Limits", card.limits.join(" ")],
    ["Licence", `${card.licence.code}; weights: ${card.licence.weights}`],
  ];
  list.replaceChildren(
    ...facts.flatMap(([term, text]) => text ? [element("dt", term), element("dd", text)] : []),
  );
}

function ofNetwork({ name, licence }: NetworkCard): string {
  return `${name}; ${licence}`;
}

function share(value: number): string {
  return `${(100 * value).toFixed(0)} %`;
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
