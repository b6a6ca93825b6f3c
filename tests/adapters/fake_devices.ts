import { join } from "node:path";

/** Flags of Chromium that make a clip its camera and microphone. */
export async function fakeDevices(clip: string, dir: string): Promise<string[]> {
  const picture = join(dir, "camera.mjpeg");
  const sound = join(dir, "microphone.wav");
  await ffmpeg("-i", clip, "-an", "-vf", "scale=640:-2", "-r", "30", "-q:v", "4", picture);
  await ffmpeg("-i", clip, "-vn", "-ac", "1", "-ar", "48000", sound);
  return [
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${picture}`,
    `--use-file-for-fake-audio-capture=${sound}`,
  ];
}

async function ffmpeg(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("ffmpeg", {
    args: ["-y", "-loglevel", "error", ...args],
    stdin: "null",
  }).output();
  if (!success) throw new Error(`ffmpeg failed: ${new TextDecoder().decode(stderr)}`);
}
