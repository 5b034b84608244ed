import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Packages whose answers are part of what is stored. */
const PARSERS = ['@babel/parser', 'jsonc-parser', 'toml-eslint-parser', 'yaml'];
const OWN_FILE = /(?<!\.d)\.(?:js|ts|json|yaml)$/;

/**
 * Names this program by its content: every file of the given folders, its parsers and the version of Node. Two programs that might answer
 * differently have different names, also when they carry the same version number.
 *
 * @param folders absolute paths of the program's own code and rules
 */
export function digestProgram(folders: readonly string[]): string {
  const hash = createHash('sha256').update(process.versions.node);
  for (const folder of folders) {
    for (const name of listFiles(folder)) hash.update(`\0${name}\0`).update(readFileSync(join(folder, name)));
  }
  for (const name of PARSERS) hash.update(`\0${name}\0${versionOf(name)}`);
  return hash.digest('hex');
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && OWN_FILE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .sort();
}

/** What the manifest of an installed package says; a package that hides it is told apart by where it lies. */
function versionOf(name: string): string {
  const { resolve } = createRequire(import.meta.url);
  try {
    return (JSON.parse(readFileSync(resolve(`${name}/package.json`), 'utf8')) as { version: string }).version;
  } catch {
    return resolve(name);
  }
}
