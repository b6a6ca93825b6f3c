/**
 * Where the bundle is that comes with Emofuse; the card beside it, `README.md`, says what it can and cannot do. It is
 * asked for only when it is needed: modules of edge workers have no address.
 */
export function defaultModel(): URL {
  return new URL("../../../models/pretrained/default.emofuse", import.meta.url);
}
