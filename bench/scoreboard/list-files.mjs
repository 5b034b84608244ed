import { readdirSync } from 'node:fs';

/** The files under a folder, relative, in code-unit order. */
export function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      `${entry.parentPath}/${entry.name}`.slice(folder.replace(/\/+$/, '').length + 1).replaceAll('\\', '/'),
    )
    .sort();
}
