import type { ModelCard } from "../recognize/bundle/model_card.ts";

/** The MIT licence, after its first line. */
const MIT =
  `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense,
and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN
NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,
WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** Terms of all that the model which comes with Emofuse holds: its corpus, its networks, and what made it. */
export function licencesOf({ corpus, audio }: Pick<ModelCard, "corpus" | "audio">): string {
  const parts = [
    "The model beside this file holds, or was made of, what is listed here. None of it is bound to " +
    "non-commercial use.",
    `The corpus: ${corpus.name}
Scaler and classifier were fitted to it: a work produced from the database. No clip of it is in the
model.
${corpus.licence}.
https://opendatacommons.org/licenses/odbl/1-0/ and https://opendatacommons.org/licenses/dbcl/1-0/`,
    ...(audio?.ear
      ? [`The ear: ${audio.ear.name}, encoder, rounded to whole numbers
Weights of Whisper (A. Radford et al., 2022), https://github.com/openai/whisper

MIT License

Copyright (c) 2022 OpenAI

${MIT}`]
      : []),
  ];
  return parts.join("\n\n" + "-".repeat(100) + "\n\n") + "\n";
}
