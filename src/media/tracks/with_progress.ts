import type { ClipTools } from "../clip_tools.ts";

/** What runs ffmpeg, and tells how many seconds of the clip have been decoded. */
export function withProgress(
  tools: Pick<ClipTools, "transcode">,
  onProgress: (seconds: number) => void,
): Pick<ClipTools, "transcode"> {
  return {
    transcode(outputs) {
      let most = 0;
      return tools.transcode(outputs.map((output) => {
        let bytes = 0;
        return {
          ...output,
          take(part) {
            bytes += part.length;
            const seconds = bytes / output.bytesPerSecond;
            // Outputs are written side by side: the one that is ahead tells how far ffmpeg is.
            if (seconds > most) onProgress(most = seconds);
            return output.take(part);
          },
        };
      }));
    },
  };
}
