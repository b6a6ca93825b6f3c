/** A rectangle of a frame, in pixels; it may reach beyond the frame's edges. */
export interface Box {
  /** Left edge. */
  readonly x: number;
  /** Upper edge. */
  readonly y: number;
  /** From the left edge to the right one. */
  readonly width: number;
  /** From the upper edge to the lower one. */
  readonly height: number;
}
