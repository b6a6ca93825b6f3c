import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { CodeBundleError } from "./bundle_error.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Licences that are the same for everybody, for packages that name one and do not bring it. */
const COMMON: Readonly<Record<string, URL>> = {
  "Apache-2.0": new URL("./licences/Apache-2.0.txt", import.meta.url),
  "GPL-2.0-or-later": new URL("./licences/GPL-2.0-or-later.txt", import.meta.url),
};

/** What a package says of itself in `package.json`. */
interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly repository?: { readonly url?: string };
}

/**
 * The licences of Emofuse and of packages, whose texts have to go with their code: one text with the
 * packages that it is for above it.
 *
 * @param packages Folders of packages, from the project's root.
 * @throws {CodeBundleError} If a package brings no licence and names none that is known here.
 */
export async function licenceTexts(packages: readonly string[]): Promise<string> {
  const byText = new Map<string, string[]>();
  byText.set((await readFile(join(ROOT, "LICENSE"), "utf8")).trim(), ["Emofuse"]);
  for (const folder of new Set(packages)) {
    const path = join(ROOT, folder);
    const { name, version, license, repository }: PackageJson = JSON.parse(
      await readFile(join(path, "package.json"), "utf8"),
    );
    const text = await licenceOf(path) ?? await commonLicence(license);
    if (text === undefined) {
      throw new CodeBundleError(`${name} ${version} brings no text of its licence (${license})`);
    }
    // Who passes such a program on says where its source is.
    const source = /GPL/.test(license) && repository?.url ? `; source: ${repository.url}` : "";
    const who = `${name} ${version} (${license})${source}`;
    byText.set(text, [...byText.get(text) ?? [], who]);
  }
  return Array.from(byText, ([text, names]) => `${names.sort().join("\n")}\n\n${text}\n`)
    .join(`\n${"=".repeat(80)}\n\n`);
}

/** The licence that lies in a package's folder, with its notice, or is a section of its README. */
async function licenceOf(folder: string): Promise<string | undefined> {
  const files = (await readdir(folder)).sort();
  const texts = await Promise.all(
    files.filter((name) => /^(licen[cs]e|copying|notice)\b/i.test(name))
      .map((name) => readFile(join(folder, name), "utf8")),
  );
  if (texts.length > 0) return texts.map((text) => text.trim()).join("\n\n");
  const readme = files.find((name) => /^readme\b/i.test(name));
  const section = readme && (await readFile(join(folder, readme), "utf8"))
    .match(/^(?:#+ *)?licen[cs]e\b[\s\S]*/im)?.[0];
  // A section that only names the licence, or links to it, is not its text.
  return section && /permission is hereby granted/i.test(section) ? section.trim() : undefined;
}

async function commonLicence(name: string): Promise<string | undefined> {
  const file = Object.hasOwn(COMMON, name) ? COMMON[name] : undefined;
  return file && (await readFile(file, "utf8")).trim();
}
