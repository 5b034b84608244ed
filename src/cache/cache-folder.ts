import { mkdirSync, readdirSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { readSealed, writeSealed } from './sealed-file.js';

/** Names of our own files; nothing else in the folder is ever touched. */
const OWN_FILE = /^[0-9a-f]{40}\.(?:files|result)$/;
const LEFTOVER = /^[0-9a-f]{40}\.(?:files|result)\.[0-9a-f]{12}\.tmp$/;
const LEFTOVER_MILLISECONDS = 3_600_000;
/** Backup programs leave folders with this file out; see https://bford.info/cachedir. */
const TAG = 'Signature: 8a477f597d28d172789f06886806bc55\n# Made by spillcheck; may be deleted at any time.\n';

export interface CacheFolderOptions {
  /** What all files of the folder may take together. The ones that were not used for longest go first. */
  readonly megabytes: number;
}

/** The folder that holds the files of the cache. Nothing that goes wrong with it is worth more than a slower scan. */
export class CacheFolder {
  constructor(
    readonly path: string,
    readonly options: CacheFolderOptions,
  ) {}

  /** @param name 40 hexadecimal digits and an extension */
  read(name: string): Buffer | undefined {
    const path = join(this.path, name);
    const content = readSealed(path, name);
    if (content) markAsUsed(path);
    return content;
  }

  write(name: string, parts: readonly Uint8Array[]): void {
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    if (bytes > (this.options.megabytes * 2 ** 20) / 2 || !this.#make()) return;
    if (writeSealed(join(this.path, name), name, parts)) this.#evict(name);
  }

  #make(): boolean {
    try {
      if (mkdirSync(this.path, { recursive: true, mode: 0o700 }) !== undefined) {
        writeFileSync(join(this.path, 'CACHEDIR.TAG'), TAG);
      }
      return true;
    } catch {
      return false;
    }
  }

  /** Removes what was left by runs that were killed, and then what is oldest until the rest fits. `newest` stays. */
  #evict(newest: string): void {
    const kept: { readonly path: string; readonly size: number; readonly used: number }[] = [];
    for (const name of list(this.path)) {
      const path = join(this.path, name);
      const state = stateOf(path);
      if (!state) continue;
      if (OWN_FILE.test(name) && name !== newest) kept.push({ path, size: state.size, used: state.mtimeMs });
      else if (LEFTOVER.test(name) && Date.now() - state.mtimeMs > LEFTOVER_MILLISECONDS) rmSync(path, { force: true });
    }
    kept.sort((a, b) => b.used - a.used);
    let room = this.options.megabytes * 2 ** 20 - (stateOf(join(this.path, newest))?.size ?? 0);
    for (const { path, size } of kept) {
      room -= size;
      if (room < 0) rmSync(path, { force: true });
    }
  }
}

/**
 * Whether a folder lies in the scanned one, links resolved. What stands there may have been put there by whoever wrote the scanned code,
 * so it is no place for a cache.
 */
export function liesWithin(folder: string, root: string): boolean {
  const path = relative(realpathSync(root), resolveExisting(resolve(folder)));
  return path === '' || !(path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path));
}

/** The real path of the part that exists, and the rest as it is. */
function resolveExisting(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(resolveExisting(parent), basename(path));
  }
}

function markAsUsed(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // A cache that may only be read works as well.
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function stateOf(path: string) {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
