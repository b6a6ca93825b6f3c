import assert from "node:assert/strict";
import { claimedTracks } from "../../src/media/container/claimed_tracks.ts";
import { testWith } from "../needs.ts";
import { withFolder } from "../with_folder.ts";
import { runFfmpeg } from "../run_ffmpeg.ts";

const PICTURE = ["-f", "lavfi", "-i", "testsrc=size=64x64:rate=10:duration=0.5"];
const SOUND = ["-f", "lavfi", "-i", "sine=duration=0.5"];

await testWith(
  ["ffmpeg"],
  "claimedTracks() tells pictures and sound of each container",
  () =>
    withFolder(async (dir) => {
      const claims = async (name: string, ...args: string[]) => {
        await runFfmpeg(...args, "-shortest", `${dir}/${name}`);
        return claimedTracks(await Deno.readFile(`${dir}/${name}`));
      };
      for (const container of ["mp4", "mov", "mkv", "avi"]) {
        for (const [picture, sound] of [[true, true], [true, false], [false, true]]) {
          const args = [...picture ? PICTURE : [], ...sound ? SOUND : []];
          const name = `${picture}-${sound}.${container}`;
          assert.deepEqual(await claims(name, ...args), { picture, sound }, name);
        }
      }
      for (const name of ["a.flac", "a.wav", "a.aiff", "a.mp3"]) {
        assert.deepEqual(await claims(name, ...SOUND), { picture: false, sound: true }, name);
      }
      assert.equal(await claims("a.ts", ...PICTURE), undefined);
    }),
);
