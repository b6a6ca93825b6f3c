/** Bytes that can be read from anywhere: a file, or a file on a server. */
export interface ByteSource {
  /** What it is called in errors. */
  readonly name: string;
  /** How many bytes there are. */
  readonly size: number;
  /**
   * Reads `length` bytes from `offset` on, fewer where it ends before.
   *
   * @throws {DownloadError} If they cannot be had.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Says which parts will be read from beginning to end, in their order, so that each is asked for at once. */
  expect?(spans: readonly Span[]): void;
  /** Ends it. */
  close(): Promise<void>;
}

/** A part of a {@linkcode ByteSource}. */
export interface Span {
  /** Its first byte. */
  readonly start: number;
  /** The byte after its last one. */
  readonly end: number;
}
