/** The functions of `dsp-as/kernels.ts` of which transformers are made; addresses as in `KernelExports`. */
export interface TransformerExports {
  /** Adds `bias` [cols], or nothing if its address is 0, to the rows of c [rows, cols] and holds them between limits. */
  addBias(
    rows: number,
    cols: number,
    c: number,
    bias: number,
    least: number,
    most: number,
  ): void;
  /** Softmax of `scale` x over the rows of x [rows, cols]. */
  softmax(rows: number, cols: number, x: number, y: number, scale: number): void;
  /** Gradient of {@linkcode TransformerExports.softmax} from its result y. */
  softmaxGradient(
    rows: number,
    cols: number,
    y: number,
    dy: number,
    dx: number,
    scale: number,
  ): void;
  /** GELU, x Phi(x), of `n` numbers. */
  gelu(n: number, x: number, y: number): void;
  /** Gradient of {@linkcode TransformerExports.gelu}. */
  geluGradient(n: number, x: number, dy: number, dx: number): void;
  /** Layer normalisation of the rows of x [rows, cols]; `mean` and `inverse` are [rows]. */
  layerNorm(
    rows: number,
    cols: number,
    x: number,
    gamma: number,
    beta: number,
    y: number,
    mean: number,
    inverse: number,
    epsilon: number,
  ): void;
  /** Gradients of {@linkcode TransformerExports.layerNorm}; `scratch` is room for 2 `cols` numbers. */
  layerNormGradient(
    rows: number,
    cols: number,
    x: number,
    dy: number,
    gamma: number,
    mean: number,
    inverse: number,
    dx: number,
    dGamma: number,
    dBeta: number,
    scratch: number,
  ): void;
  /** Bytes of scratch memory that the attention functions need. */
  attentionScratchBytes(keys: number, gradient: boolean): number;
  /** Attention of all heads: q and y [batch, queries, heads size], k and v [batch, keys, heads size]. */
  attention(
    batch: number,
    heads: number,
    queries: number,
    keys: number,
    size: number,
    q: number,
    k: number,
    v: number,
    y: number,
    scale: number,
    scratch: number,
  ): void;
  /** Gradients of {@linkcode TransformerExports.attention}. */
  attentionGradient(
    batch: number,
    heads: number,
    queries: number,
    keys: number,
    size: number,
    q: number,
    k: number,
    v: number,
    dy: number,
    dq: number,
    dk: number,
    dv: number,
    scale: number,
    scratch: number,
  ): void;
}
