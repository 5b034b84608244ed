import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { RequestError } from '../core/errors.js';
import type { Format } from '../report/reporters.js';
import type { ScanRequest } from './request.js';

/** Where a report goes; no file means standard output. */
export interface Destination {
  readonly format: Format;
  readonly file: string | undefined;
}

const FORMATS_BY_EXTENSION: Readonly<Record<string, Format>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.md': 'markdown',
  '.sarif': 'sarif',
};

/**
 * Which reports are made: `--output file` takes the place of standard output, `--output format=file` comes besides it. The format of
 * a plain file is that of `--format`, or what its extension says.
 *
 * @throws RequestError when two of them go to the same file
 */
export function planOutputs(request: Pick<ScanRequest, 'format' | 'outputs'>): Destination[] {
  const destinations = request.outputs.map(({ format, file }) => ({
    format: format ?? request.format ?? FORMATS_BY_EXTENSION[extname(file).toLowerCase()] ?? 'terminal',
    file,
  }));
  const twice = destinations.find(({ file }, index) => destinations.findIndex((each) => each.file === file) < index);
  if (twice) throw new RequestError(`two reports cannot be written to ${twice.file}`);
  if (request.outputs.some(({ format }) => format === undefined)) return destinations;
  return [{ format: request.format ?? 'terminal', file: undefined }, ...destinations];
}

/** @throws RequestError when the file cannot be written */
export function writeReport(cwd: string, file: string, text: string): void {
  const path = resolve(cwd, file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new RequestError(`cannot write ${file}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
}
