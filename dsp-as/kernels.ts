// Kernels that tfjs's WASM backend lacks or does slowly. The module is instantiated on that backend's
// own memory (--importMemory, no static data, no allocator of its own), so that every argument of type
// usize is the address of a tensor. Compiled twice: with relaxed SIMD (fused multiply-add) and without.

export { adam } from "./kernels/adam";
export { conv2dFilterGradient, conv2dInputGradient } from "./kernels/conv2d_grad";
export { maxPoolGradient } from "./kernels/max_pool_grad";
export { sgemm, sgemmScratchBytes } from "./kernels/sgemm";
export { im2colConv2d, im2colFilter, im2colFilterBytes, im2colScratchBytes } from "./kernels/im2col";
export {
  winogradConv2d, winogradFilter, winogradFilterBytes, winogradScratchBytes,
} from "./kernels/winograd";
