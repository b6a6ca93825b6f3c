/** The decoders there are: ffmpeg compiled to WebAssembly, and the ffmpeg installed on the machine. */
export type DecoderName = "wasm" | "native";
