import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RequestError } from '../core/errors.js';
import type { Changes } from '../core/options.js';
import type { Io } from './io.js';
import type { ScanRequest } from './request.js';

/** The lines to which a scan is asked to confine its findings; undefined for all. */
export async function findChanges(
  { since, staged }: Pick<ScanRequest, 'since' | 'staged'>,
  root: string,
  io: Io,
): Promise<Changes | undefined> {
  if (since === undefined && !staged) return undefined;
  if (!existsSync(join(root, '.git'))) {
    throw new RequestError(`${staged ? '--staged' : '--since'} needs a git repository`);
  }
  const { changesSince, stagedChanges } = await import('../project/changed-lines.js');
  return since === undefined ? stagedChanges(root, io.env) : changesSince(root, io.env, since);
}
