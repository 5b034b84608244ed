import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '../dist/core/limits.js';
import { discover } from '../dist/project/discover.js';

/** The files of a folder that a scan lowers, relative to it, and how many lines they have. */
export function listSources(folder) {
  const { code } = discover(folder, { paths: [], exclude: [], limits: DEFAULT_LIMITS }, () => {});
  const lines = code.reduce((sum, file) => sum + countLines(readFileSync(join(folder, file))), 0);
  return { files: [...code], lines };
}

function countLines(bytes) {
  let lines = 1;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}
