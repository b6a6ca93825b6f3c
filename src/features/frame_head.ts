/** A fitted network that turns the embedding of each frame into fewer numbers. */
export interface FrameHead {
  /** Numbers that it gives for a frame. */
  readonly units: number;
  /** The numbers [n, units] of every row of `embeddings` [n, featureSize]. */
  features(embeddings: Float32Array): Float32Array;
  /** Frees the network. */
  dispose(): void;
}
