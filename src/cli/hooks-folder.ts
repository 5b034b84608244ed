import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, posix } from 'node:path';

/**
 * The folder in which a checkout's own hooks stand, relative to its root: the one that git is told to look in, that of husky, or git's.
 * Undefined where there is no checkout, or where the hooks lie outside of it.
 */
export function findHooksFolder(root: string): string | undefined {
  const configured = readHooksPath(join(root, '.git/config'));
  if (configured !== undefined) {
    const path = posix.normalize(configured.replace(/\\/g, '/')).replace(/\/$/, '');
    if (isAbsolute(path) || path === '..' || path.startsWith('../')) return undefined;
    // husky points git at a folder that it makes, and reads the hooks beside it
    return path.endsWith('.husky/_') ? posix.dirname(path) : path;
  }
  if (existsSync(join(root, '.husky'))) return '.husky';
  return isFolder(join(root, '.git')) ? '.git/hooks' : undefined;
}

function readHooksPath(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  let inCore = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*\[/.test(line)) inCore = /^\s*\[core\]/i.test(line);
    else if (inCore) {
      const path = /^\s*hookspath\s*=\s*(.+?)\s*$/i.exec(line)?.[1];
      if (path !== undefined) return path.replace(/^"(.*)"$/, '$1');
    }
  }
  return undefined;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
