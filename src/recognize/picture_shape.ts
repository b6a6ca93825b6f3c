/** The frames of a clip's picture before they arrive. */
export interface PictureShape {
  /** Height in pixels. */
  readonly height: number;
  /** Width in pixels. */
  readonly width: number;
  /** Frames a second: no more than the card's. */
  readonly fps: number;
}
