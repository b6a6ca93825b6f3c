import type { SeenFace } from "../../browser/calls.ts";

/**
 * Draws boxes about faces over a picture: in full about who is recognised, with words beside it.
 *
 * @param place It lies over the picture and is as large.
 * @param faces The faces, in pixels of the picture that was looked at.
 * @param picture Its size.
 * @param words What is said of a face.
 */
export function drawBoxes(
  place: HTMLElement,
  faces: readonly SeenFace[],
  picture: { readonly width: number; readonly height: number },
  words: (face: SeenFace) => string,
): void {
  place.replaceChildren(...faces.map((face) => {
    const box = document.createElement("div");
    box.className = face.isJudged ? "judged" : "";
    // A policy that forbids styles in the page's text allows them by script.
    box.style.left = percent(face.x / picture.width);
    box.style.top = percent(face.y / picture.height);
    box.style.width = percent(face.width / picture.width);
    box.style.height = percent(face.height / picture.height);
    const text = document.createElement("span");
    text.textContent = words(face);
    box.append(text);
    return box;
  }));
}

/** How many faces there are, and whose are recognised, in a sentence; nothing where there is none. */
export function tellFaces(faces: readonly SeenFace[]): string {
  const n = faces.length;
  if (n === 0) return "";
  const all = faces.every(({ isJudged }) => isJudged);
  if (n === 1) return all ? "One face." : "One face, which is not recognised yet.";
  return `${n} faces: ${all ? "each by itself" : "the largest is recognised"}.`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}
