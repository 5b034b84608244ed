import type { Io } from './io.js';

/** Whether what is printed on standard output has colours: `--no-color`, then FORCE_COLOR, then NO_COLOR, then whether it is a terminal. */
export function wantsColor(io: Io, allowed: boolean): boolean {
  if (!allowed) return false;
  const { FORCE_COLOR: force, NO_COLOR: none, TERM: term } = io.env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (none !== undefined && none !== '') return false;
  return io.stdout.isTTY && term !== 'dumb';
}
