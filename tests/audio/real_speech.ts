import { testWith } from "../needs.ts";
import { ravdessDir } from "../ravdess.ts";

/**
 * Declares a test on recordings of three speakers, at the given sample rate. Where there are no RAVDESS
 * clips or no ffmpeg, the test is skipped and its name says why.
 */
export function speechTest(
  name: string,
  sampleRate: number,
  fn: (samples: Float32Array<ArrayBuffer>, actor: string) => void,
): Promise<void> {
  return testWith(["ravdess", "ffmpeg"], name, async () => {
    for (const actor of ["01", "08", "17"]) {
      const file = `${ravdessDir()}/speech/Actor_${actor}/03-01-05-02-01-01-${actor}.flac`;
      const format = ["-ac", "1", "-ar", String(sampleRate), "-f", "f32le", "-"];
      const args = ["-v", "error", "-i", file, ...format];
      const { stdout } = await new Deno.Command("ffmpeg", { args }).output();
      fn(new Float32Array(stdout.slice().buffer), actor);
    }
  });
}
