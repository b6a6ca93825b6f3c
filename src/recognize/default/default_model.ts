/** The bundle that comes with Emofuse; the card beside it, `README.md`, says what it can and cannot do. */
export const DEFAULT_MODEL = new URL(
  "../../../models/pretrained/default.emofuse",
  import.meta.url,
);
