import * as tf from "@tensorflow/tfjs";
import type { ConvolutionSizes, PoolSizes } from "./module.ts";

type Quad = [number, number, number, number];

/** Attributes of a convolution or a pooling that its sizes depend on, as tfjs passes them to kernels. */
export type WindowAttributes = Pick<
  tf.Conv2DBackpropInputAttrs,
  "strides" | "pad" | "dimRoundingMode"
>;

/**
 * The sizes of a convolution without dilation, channels last.
 *
 * @throws {RangeError} If the filter is larger than the padded input: nothing would be left.
 */
export function convolutionSizes(
  inputShape: readonly number[],
  filterShape: readonly number[],
  { strides, pad, dimRoundingMode }: WindowAttributes,
): ConvolutionSizes {
  const info = tf.backend_util.computeConv2DInfo(
    inputShape as Quad,
    filterShape as Quad,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  checkOutput(info, inputShape);
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  return [
    batchSize,
    inHeight,
    inWidth,
    inChannels,
    outHeight,
    outWidth,
    outChannels,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
  ];
}

/** The sizes of a pooling, channels last. */
export function poolSizes(
  inputShape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: tf.MaxPoolAttrs,
): PoolSizes {
  const info = tf.backend_util.computePool2DInfo(
    inputShape as Quad,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  return [
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
  ];
}

/** Refuses sizes that tfjs computes without complaint, by which a kernel would write outside its tensors. */
function checkOutput(
  info: { outHeight: number; outWidth: number; filterHeight: number; filterWidth: number },
  [, height, width]: readonly number[],
): void {
  if (info.outHeight >= 1 && info.outWidth >= 1) return;
  throw new RangeError(
    `a filter of ${info.filterHeight} x ${info.filterWidth} does not fit into ${height} x ${width}`,
  );
}
