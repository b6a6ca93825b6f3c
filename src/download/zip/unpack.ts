import { open } from "node:fs/promises";
import { DownloadError } from "../../runtime/http/download_error.ts";
import type { Check } from "../check.ts";
import { crc32Text } from "../crc32.ts";
import type { Workplace } from "../workplace.ts";
import type { ByteSource } from "./byte_source.ts";
import type { Member } from "./read_directory.ts";
import { spansOf } from "./spans_of.ts";

/** How many files were there already, and how many were unpacked. */
export interface Unpacked {
  /** Were there, as they should be. */
  readonly kept: number;
  /** Were written now. */
  readonly written: number;
}

/** What a member must be. */
export function checkOf({ crc32 }: Member): Check {
  return `crc32:${crc32Text(crc32)}`;
}

/** The members that are not there yet. */
export async function missingOf(
  members: readonly Member[],
  { ledger }: Workplace,
): Promise<Member[]> {
  const missing: Member[] = [];
  for (const member of members) {
    if (!await ledger.has(member.path, member.bytes, checkOf(member))) missing.push(member);
  }
  return missing;
}

/**
 * Unpacks members of an archive that are not there yet. Each is written under a temporary name, checked, and
 * renamed.
 *
 * @throws {DownloadError} If one is damaged; those before it are there.
 */
export async function unpack(
  source: ByteSource,
  members: readonly Member[],
  to: Workplace,
): Promise<Unpacked> {
  const missing = await missingOf(members, to);
  source.expect?.(spansOf(missing));
  for (const member of missing) {
    const part = to.partOf("member.part");
    try {
      await write(source, member, part);
      await to.finish(part, member.path, member.bytes, checkOf(member));
    } catch (error) {
      await to.drop(part);
      throw error;
    }
  }
  return { kept: members.length - missing.length, written: missing.length };
}

async function write(source: ByteSource, member: Member, part: string): Promise<void> {
  const file = await open(part, "w");
  try {
    let length = 0;
    await member.unpackTo(
      new WritableStream({
        async write(bytes) {
          length += bytes.length;
          if (length > member.bytes) {
            throw new DownloadError(
              `${source.name}: ${member.path} is larger than the ${member.bytes} bytes that it should have`,
            );
          }
          await file.writeFile(bytes);
        },
      }),
    );
    await file.sync();
  } finally {
    await file.close();
  }
}
