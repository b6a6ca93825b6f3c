import { EXPRESSION_NETWORK } from "../../models/expressions/expression.ts";
import { FACE_API } from "../../models/expressions/face_api.ts";
import type { ModelCard } from "../recognize/bundle/model_card.ts";
import type { ModelKind } from "./model_kind.ts";

/** The MIT licence, after its copyright. */
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

/** Where the terms of corpora are in full, by what their cards call them. */
const LINKS = [
  [
    "Open Database License",
    "https://opendatacommons.org/licenses/odbl/1-0/ and https://opendatacommons.org/licenses/dbcl/1-0/",
  ],
  ["CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"],
] as const;

/** Where the networks that tell expressions ship, and whose they are. */
const NETWORKS: Readonly<Record<string, string>> = {
  [EXPRESSION_NETWORK]: `@vladmandic/human
https://github.com/oarriaga/face_classification and https://github.com/vladmandic/human

MIT License

Copyright (c) 2017 Octavio Arriaga
Copyright (c) Vladimir Mandic`,
  [FACE_API]: `@vladmandic/face-api
https://github.com/justadudewhohacks/face-api.js and https://github.com/vladmandic/face-api

MIT License

Copyright (c) 2018 Vincent Mühler
Copyright (c) Vladimir Mandic`,
};

/** What a face inherits that was fitted to landmark files. */
const GEOMETRY = `
The face's scaler and a part of its classifier were fitted to landmark files of takes of the corpus, and
come under its terms.`;

/**
 * Terms of all that a model which `deno task pretrain` makes holds: its corpora, and its networks.
 *
 * @param kind What the model is bound to.
 * @param apache Text of the Apache License 2.0.
 */
export function licencesOf(
  { corpus, audio, video }: Pick<ModelCard, "corpus" | "audio" | "video">,
  { terms, geometry }: Pick<ModelKind, "terms" | "geometry">,
  apache: string,
): string {
  const parts = [
    terms,
    `The corpus: ${corpus.name}

The voice's scaler and classifier were fitted to it: a work produced from the database. No clip of it
is in the model.${geometry ? GEOMETRY : ""}
${corpus.licence}.
${LINKS.filter(([name]) => corpus.licence.includes(name)).map(([, links]) => links).join("\n")}`,
    `The ear: ${audio?.ear?.name}, the encoder of Whisper tiny.en in whole numbers
https://github.com/openai/whisper

MIT License

Copyright (c) 2022 OpenAI

${MIT}`,
    `The expressions: ${video?.backbone.name}, as it ships in ${
      NETWORKS[video?.backbone.name ?? ""] ?? video?.backbone.source
    }

${MIT}`,
    `The face detector and the face mesh: ${video?.detector.name} and ${video?.mesh?.name}, as they ship in
@vladmandic/human
${video?.detector.licence}
${video?.mesh?.licence}

${apache.trim()}`,
  ];
  return parts.join("\n\n" + "-".repeat(100) + "\n\n") + "\n";
}
