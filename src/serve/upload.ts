/** One piece of an upload: the body itself, or a part of a multipart form. */
export interface UploadPart {
  /** Name of the form's field; `clip` for a body that is no form. */
  readonly name: string;
  /** Its media type in lower case, without parameters; empty where none is given. */
  readonly type: string;
  /** The media type's parameters, names in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The content. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What came with a request, cut into its parts but not yet understood. */
export interface Upload {
  /** At least one. */
  readonly parts: readonly UploadPart[];
}
