import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { RequestError } from '../core/errors.js';
import { type DocumentPath, YamlFile } from './yaml-file.js';

/**
 * Loads the secret formats of `<rulesFolder>/secrets/*.yaml`, in the order of their names, and of further files of the same form
 * (`extra`, paths), and compiles them with `compile`: the secrets folder's `compileFormats`, handed in so that neither folder needs the
 * other. Throws `RequestError` with `file:line:col` for the first fault.
 */
export function loadSecretFormats<Formats>(
  rulesFolder: string,
  compile: (data: readonly unknown[]) => Formats,
  extra: readonly string[] = [],
): Formats {
  const documents = readDocuments(rulesFolder, extra);
  try {
    return compile(documents.map((document) => document.data));
  } catch (error) {
    if (!isPlaced(error)) throw error;
    const [file, ...keys] = error.path;
    throw documents[file]?.error(error.message, keys) ?? new RequestError(error.message);
  }
}

/** The parsed files that `loadSecretFormats` compiles, for a build that keeps them in a form that is read faster. */
export function readSecretData(rulesFolder: string): unknown[] {
  return readDocuments(rulesFolder, []).map((document) => document.data);
}

function readDocuments(rulesFolder: string, extra: readonly string[]): YamlFile<unknown>[] {
  const folder = join(rulesFolder, 'secrets');
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  names.sort();
  const files = [
    ...names.map((name) => ({ name: `secrets/${name}`, path: join(folder, name) })),
    ...extra.map((path) => ({ name: path, path })),
  ];
  return files.map(({ name, path }) => new YamlFile<unknown>(name, readFileSync(path, 'utf8'), z.unknown()));
}

/** A fault that says where in the data it lies: number of the file, then keys and indices. */
function isPlaced(error: unknown): error is Error & { readonly path: readonly [file: number, ...keys: DocumentPath] } {
  return error instanceof Error && 'path' in error && Array.isArray(error.path) && typeof error.path[0] === 'number';
}
