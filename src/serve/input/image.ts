/** A picture of 8-bit RGB. */
export interface Picture {
  /** Columns, in pixels. */
  readonly width: number;
  /** Rows, in pixels. */
  readonly height: number;
  /** [height, width, 3], 0 to 255. */
  readonly data: Uint8Array;
}

/** Width and height in pixels. */
export type PictureSize = Pick<Picture, "width" | "height">;
