import { pcmBytes, wavFile } from "../sound/wav_file.ts";
import type { Encoder } from "./encoder.ts";
import type { OddFile } from "./odd_file.ts";
import { SECONDS, voice } from "./signal.ts";

const used = { sound: "used", picture: "absent" } as const;

/** A codec adds a little before or after, and changes the level a little. */
const lossy = { gain: 0.06, lag: 0.0015, seconds: 0.08 };

/** Sound in compressed files and in other containers than .wav. */
export async function codedSounds(encoder: Encoder): Promise<OddFile[]> {
  const wav = (sampleRate: number, samples = voice(sampleRate)) =>
    wavFile(pcmBytes(samples), { sampleRate });
  const input = { in: wav(16000), wide: wav(48000), silence: wav(16000, voice(16000).fill(0)) };
  const of = async (
    name: string,
    args: string,
    heard: OddFile["heard"],
    rest: Partial<OddFile> = {},
  ): Promise<OddFile> => {
    const bytes = await encoder.make(input, args.split(" "), `out.${name.split(".").pop()}`);
    return { ...{ name, bytes, ...used, heard }, ...rest };
  };
  const red = "-f lavfi -i color=red:size=64x64:duration=0.04:rate=25 -map 0 -map 1";
  const blurred = { gain: 0.06, lag: 0.05, seconds: 0.15 };
  const files = [
    await of("lossless.flac", "-i in", {}),
    await of("apple lossless.m4a", "-i in -c:a alac", {}),
    await of("big-endian.aiff", "-i in", {}),
    await of("sun.au", "-i in", {}),
    await of("apple.caf", "-i in -c:a pcm_s16be", {}),
    await of("wavpack.wv", "-i in", {}),
    await of("adpcm.wav", "-i in -c:a adpcm_ima_wav", { within: { ...lossy, seconds: 0.15 } }),
    await of("mpeg.mp3", "-i wide", { within: lossy }),
    await of("aac.m4a", "-i wide -c:a aac -b:a 96k", { within: lossy }),
    await of("adts.aac", "-i wide -c:a aac -b:a 96k", { within: blurred }),
    await of("opus.opus", "-i wide -c:a libopus", { within: lossy }),
    await of("vorbis.ogg", "-i wide -c:a libvorbis", { within: lossy }),
    await of("windows.wma", "-i wide -c:a wmav2", { within: blurred }),
    await of("dolby.ac3", "-i wide -c:a ac3", { within: blurred }),
    await of(
      "float of 16-bit integers.mka",
      "-i in -af volume=32768:precision=double -c:a pcm_f32le",
      {},
      { warnings: [/divided by 32768/] },
    ),
    await of(
      "with a cover.mp3",
      `-i wide ${red} -c:v png -disposition:v attached_pic`,
      { within: lossy },
    ),
    await of(
      "with a cover that is a track.m4a",
      `-i wide ${red} -c:v mjpeg -frames:v 1 -f mp4`,
      { within: lossy },
    ),
    await of(
      "two tracks, the first silent.mka",
      "-i silence -i in -map 0 -map 1 -c:a flac",
      {},
      { warnings: [/2 sound tracks: number 2 was taken, for the one before it is silent/] },
    ),
    await of(
      "two tracks, the second chosen.mka",
      "-f lavfi -i sine=300:duration=1.5:sample_rate=16000 -i in -map 0 -map 1 -c:a flac " +
        "-disposition:a:0 0 -disposition:a:1 default",
      {},
      { warnings: [/2 sound tracks: number 2 was taken, the default/] },
    ),
    await of(
      "six channels.flac",
      "-i in -af pan=5.1|c2=c0 -c:a flac",
      { gain: 1 / (2 * Math.SQRT1_2 + 1 + 2 * 0.5) },
    ),
  ];
  const flac = files[0].bytes;
  return [
    ...files,
    {
      name: "half of a flac.flac",
      bytes: flac.slice(0, flac.length / 2),
      refused: /truncated or damaged: only [\d.]+ s of 1\.50 s of sound/,
    },
    {
      name: "a text.mp3",
      bytes: new TextEncoder().encode("Dear diary,\n".repeat(99)),
      refused: /not a media file/,
    },
    {
      name: "an mp3 called wav.wav",
      bytes: files.find(({ name }) => name === "mpeg.mp3")!.bytes,
      ...{ ...used, heard: { seconds: SECONDS, within: lossy } },
    },
  ];
}
