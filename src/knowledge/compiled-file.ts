import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A file of the rules: its POSIX path below the rules folder, and its text. */
export type RulesFile = readonly [name: string, text: string];

/** Names the files that something was compiled from. `format` is raised when the form of what is compiled changes. */
export function digestFiles(format: string, files: readonly RulesFile[]): string {
  const hash = createHash('sha256').update(format);
  for (const [name, text] of files) hash.update(`${name}\0${text}\0`);
  return hash.digest('hex');
}

/** The text of a compiled file: the digest stands first, so that one that was made from other files need not be parsed. */
export function writeCompiled(digest: string, data: object): string {
  return JSON.stringify({ digest, ...data });
}

/** What a build compiled; undefined where there is none, or it was made from other files. */
export function readCompiled<Data>(path: string, digest: string): Data | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  return text.startsWith(`{"digest":"${digest}"`) ? (JSON.parse(text) as Data) : undefined;
}
