// Kernels that tfjs's WASM backend lacks or does slowly. The module is instantiated on that backend's
// own memory (--importMemory, no static data, no allocator of its own), so that every argument of type
// usize is the address of a tensor. Compiled twice: with relaxed SIMD (fused multiply-add) and without.

export { adam, denseAdam, denseAdamScratchBytes } from "./kernels/adam";
export { addBias } from "./kernels/add_bias";
export { attention, attentionGradient, attentionScratchBytes } from "./kernels/attention";
export { batchNorm, batchNormGradient } from "./kernels/batch_norm";
export { columnSums } from "./kernels/columns";
export {
  conv2dFilterGradient, conv2dFilterGradientScratchBytes, conv2dInputGradient, turnFilter,
} from "./kernels/conv2d_grad";
export { gelu, geluGradient } from "./kernels/gelu";
export { im2colConv2d, im2colFilter, im2colFilterBytes, im2colScratchBytes } from "./kernels/im2col";
export { layerNorm, layerNormGradient } from "./kernels/layer_norm";
export { maxPool, maxPoolGradient } from "./kernels/max_pool";
export { reluGradient } from "./kernels/relu_grad";
export { sgemm, sgemmScratchBytes } from "./kernels/sgemm";
export { softmax, softmaxGradient } from "./kernels/softmax";
export { winogradConv2d, winogradScratchBytes } from "./kernels/winograd";
export { winogradFilter, winogradFilterBytes } from "./kernels/winograd_filter";
