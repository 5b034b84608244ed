import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestFiles, type RulesFile, readCompiled, writeCompiled } from './compiled-file.js';
import type { DocumentPath } from './yaml-file.js';

/**
 * The secrets folder's `compileFormats`, handed in so that neither folder needs the other: parsed files in, formats out. The first
 * `checked` files are known to be right.
 */
export type CompileFormats<Formats> = (data: readonly unknown[], checked: number) => Formats;

/** What the build writes to `dist/secrets.json`. */
interface Compiled {
  readonly files: readonly unknown[];
}

/** Raised when the form of the compiled file changes. */
const FORMAT = '1';

/**
 * Loads the secret formats of `<rulesFolder>/secrets/*.yaml`, in the order of their names, and of further files of the same form
 * (`extra`, paths), and compiles them. The shipped ones come from `compiledFile` when that fits them, and then no YAML is parsed, nor its
 * parser loaded. Rejects with `RequestError` and `file:line:col` for the first fault.
 */
export async function loadSecretFormats<Formats>(
  rulesFolder: string,
  compile: CompileFormats<Formats>,
  extra: readonly string[] = [],
  compiledFile: string = join(rulesFolder, '..', 'dist', 'secrets.json'),
): Promise<Formats> {
  const shipped = readSecretFiles(rulesFolder);
  const compiled = readCompiled<Compiled>(compiledFile, digestFiles(FORMAT, shipped));
  if (compiled && extra.length === 0) return compile(compiled.files, compiled.files.length);
  const documents = await parseFiles([...(compiled ? [] : shipped), ...extra.map(readFile)]);
  const checked = compiled?.files ?? [];
  try {
    return compile([...checked, ...documents.map((document) => document.data)], checked.length);
  } catch (error) {
    if (!isPlaced(error)) throw error;
    const [file, ...keys] = error.path;
    throw documents[file - checked.length]?.error(error.message, keys) ?? error;
  }
}

/** The text that the build writes to `dist/secrets.json`. `compile` judges the files once more than a start has to. */
export async function compileSecretFiles(rulesFolder: string, compile: CompileFormats<unknown>): Promise<string> {
  const files = readSecretFiles(rulesFolder);
  const data: Compiled = { files: (await parseFiles(files)).map((document) => document.data) };
  compile(data.files, 0);
  return writeCompiled(digestFiles(FORMAT, files), data);
}

function readSecretFiles(rulesFolder: string): RulesFile[] {
  const folder = join(rulesFolder, 'secrets');
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  names.sort();
  return names.map((name) => [`secrets/${name}`, readFileSync(join(folder, name), 'utf8')]);
}

function readFile(path: string): RulesFile {
  return [path, readFileSync(path, 'utf8')];
}

async function parseFiles(files: readonly RulesFile[]) {
  const [{ YamlFile }, { z }] = await Promise.all([import('./yaml-file.js'), import('zod')]);
  return files.map(([name, text]) => new YamlFile<unknown>(name, text, z.unknown()));
}

/** A fault that says where in the data it lies: number of the file, then keys and indices. */
function isPlaced(error: unknown): error is Error & { readonly path: readonly [file: number, ...keys: DocumentPath] } {
  return error instanceof Error && 'path' in error && Array.isArray(error.path) && typeof error.path[0] === 'number';
}
