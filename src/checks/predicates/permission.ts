import type { PermissionTest } from '../check.js';
import { programName } from '../command/launch.js';
import { wildcard } from '../glob.js';
import { broadPath } from './broad-path.js';

/**
 * Whether an entry of an allow-list allows everything, or a whole dangerous family: a bare tool (`Bash`, `Write(*)`), an interpreter, a
 * package runner or an irreversible command with a wildcard (`Bash(python:*)`), a folder tool on the root or a home folder.
 */
export function isBroadPermission(entry: string, test: PermissionTest): boolean {
  const text = entry.trim();
  if (text === '*' || text === '**') return true;
  if (test.tools.length === 0) return isBroadCommand(text, test);
  const call = /^([\w.-]+)(?:\((.*)\))?$/s.exec(text);
  if (!call) return false;
  const [, tool, argument] = call;
  if (test.folders.includes(tool!) && argument && broadPath(folderOf(argument))) return true;
  if (!test.tools.includes(tool!)) return false;
  return argument === undefined || isBroadCommand(argument, test);
}

function isBroadCommand(argument: string, test: PermissionTest): boolean {
  const text = argument.trim();
  const base = text.replace(/(?::\*|\s*\*+)+$/, '').trim();
  if (/^[\s:*/.]*$/.test(base)) return text === '' || text.includes('*');
  if (base === text && !test.prefix) return false;
  const words = base.split(/\s+/);
  const normal = [programName(words[0]!), ...words.slice(1)].join(' ');
  return test.commands.some((command) => wildcard(normal, command));
}

/** `//Users/ann/**` → `/Users/ann`: two slashes make a path absolute. One slash starts at the project. */
function folderOf(argument: string): string {
  if (argument.startsWith('//')) return argument.slice(1);
  return argument.startsWith('/') ? '.' : argument;
}
