import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Provenance } from '../report/context.js';

/**
 * Where a checkout comes from, read off its `.git` folder without running git. Undefined where the folder is no checkout, or where its
 * origin has no address that others could use.
 */
export function readProvenance(root: string): Provenance | undefined {
  const folder = findGitFolder(root);
  if (folder === undefined) return undefined;
  const common = resolve(folder, readLine(join(folder, 'commondir')) ?? '.');
  const address = readOrigin(readText(join(common, 'config')) ?? '');
  const repositoryUri = address === undefined ? undefined : toPublicUri(address);
  if (repositoryUri === undefined) return undefined;
  const head = readLine(join(folder, 'HEAD')) ?? '';
  const reference = /^ref: (\S+)$/.exec(head)?.[1];
  const revision = reference === undefined ? head : readReference(reference, folder, common);
  const branch = reference?.startsWith('refs/heads/') ? reference.slice('refs/heads/'.length) : undefined;
  return {
    repositoryUri,
    ...(revision !== undefined && /^[0-9a-f]{40,64}$/.test(revision) && { revisionId: revision }),
    ...(branch !== undefined && { branch }),
  };
}

/** `.git` is a folder, or in work trees and submodules a file that names one. */
function findGitFolder(root: string): string | undefined {
  const path = join(root, '.git');
  try {
    if (statSync(path).isDirectory()) return path;
  } catch {
    return undefined;
  }
  const named = /^gitdir: (.+)$/.exec(readLine(path) ?? '')?.[1];
  return named === undefined ? undefined : resolve(root, named);
}

/** The address of the remote `origin` in a git configuration. */
function readOrigin(config: string): string | undefined {
  let inOrigin = false;
  for (const line of config.split(/\r?\n/)) {
    if (/^\s*\[/.test(line)) inOrigin = /^\s*\[remote "origin"\]/.test(line);
    else if (inOrigin) {
      const address = /^\s*url\s*=\s*(\S+)\s*$/.exec(line)?.[1];
      if (address !== undefined) return address;
    }
  }
  return undefined;
}

/** An address as a URI that names host and path only: `git@host:owner/name.git` → `https://host/owner/name`. */
function toPublicUri(address: string): string | undefined {
  const short = /^(?:[^@/\s]+@)?([^:/\s]{2,}):(?!\/\/)\/?(\S+)$/.exec(address);
  const text = short ? `https://${short[1]}/${short[2]}` : address;
  const uri = URL.canParse(text) ? new URL(text) : undefined;
  if (!uri || !/^(?:https?|ssh|git):$/.test(uri.protocol) || uri.hostname === '') return undefined;
  const host = /^https?:$/.test(uri.protocol) ? uri.host : uri.hostname;
  return `${uri.protocol === 'http:' ? 'http' : 'https'}://${host}${uri.pathname.replace(/(?:\.git)?\/*$/, '')}`;
}

function readReference(reference: string, folder: string, common: string): string | undefined {
  if (reference.split('/').includes('..')) return undefined;
  const loose = readLine(join(folder, reference)) ?? readLine(join(common, reference));
  if (loose !== undefined) return loose;
  const packed = readText(join(common, 'packed-refs')) ?? '';
  return packed
    .split(/\r?\n/)
    .find((line) => line.endsWith(` ${reference}`))
    ?.split(' ')[0];
}

function readLine(path: string): string | undefined {
  return readText(path)?.split(/\r?\n/)[0]?.trim();
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
