import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The branch of a checkout that others start from: the one of its origin, else `main`. */
export function findDefaultBranch(root: string): string {
  try {
    const head = readFileSync(join(root, '.git/refs/remotes/origin/HEAD'), 'utf8');
    return /^ref: refs\/remotes\/origin\/(\S+)\s*$/.exec(head)?.[1] ?? 'main';
  } catch {
    return 'main';
  }
}
