import { join } from "node:path";
import { runFfmpeg } from "../run_ffmpeg.ts";

/** Flags of Chromium that make a clip its camera and microphone. */
export async function fakeDevices(clip: string, dir: string): Promise<string[]> {
  const picture = join(dir, "camera.mjpeg");
  const sound = join(dir, "microphone.wav");
  await runFfmpeg("-i", clip, "-an", "-vf", "scale=640:-2", "-r", "30", "-q:v", "4", picture);
  await runFfmpeg("-i", clip, "-vn", "-ac", "1", "-ar", "48000", sound);
  return [
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${picture}`,
    `--use-file-for-fake-audio-capture=${sound}`,
  ];
}
