import { isRemotePlainHttp } from '../../core/local-host.js';
import type { Launch } from '../command/launch.js';
import type { Word } from '../command/words.js';
import { broadPath } from './broad-path.js';

/** What predicates may know of the project around a file. */
export interface ProjectFacts {
  /** Whether a package is declared as a dependency of the project, so that a runner takes the locked copy. */
  readonly isDependency: (name: string) => boolean;
}

/** Named tests on the text of a scalar. */
const TEXT_PREDICATES: Readonly<Record<string, (text: string) => boolean>> = {
  'broad-path': (text) => broadPath(text) !== undefined,
  'broad-path-list': (text) => text.split(/[,;]|:(?![\\/])/).some((part) => broadPath(part) !== undefined),
  'remote-plain-http': isRemotePlainHttp,
  'open-address': (text) => /^(?:0\.0\.0\.0|::|\[::\]|\*)(?::\d+)?$/.test(text.trim()),
  'all-hosts': (text) => /^\*+$|^(?:https?:\/\/)?\*+(?::\*)?$|^0\.0\.0\.0\/0$|^::\/0$/.test(text.trim()),
  wildcard: (text) => /^\*+$/.test(text.trim()),
  /** A value is put into a command line: `${domain}`, `{{domain}}`, `{domain}`; variables of the environment in capitals are none. */
  'command-placeholder': (text) => /\$\{[a-z]\w*\}|\{\{\s*[a-z]\w*\s*\}\}|(?<![{$])\{[a-z]\w*\}/.test(text),
};

/** Named tests on the command line of an entry (`command` and `args`); each returns the words for which it is a finding. */
const LAUNCH_PREDICATES: Readonly<Record<string, (launch: Launch, facts: ProjectFacts) => readonly Word[]>> = {
  'unpinned-launch': unpinned,
  'broad-folder-launch': broadFolders,
  'engine-socket-launch': (launch) =>
    launch.mounts.filter(({ source }) => /(?:^|\/)docker\.sock$/.test(source)).map(({ word }) => word),
  'plain-http-launch': (launch) =>
    launch.words.filter((word) => isRemotePlainHttp(word.text.replace(/^--?[\w-]+=/, ''))),
};

export const PREDICATE_NAMES: readonly string[] = [
  ...Object.keys(TEXT_PREDICATES),
  ...Object.keys(LAUNCH_PREDICATES),
].sort();

export function isPredicate(name: string): boolean {
  return PREDICATE_NAMES.includes(name);
}

export function textPredicate(name: string): ((text: string) => boolean) | undefined {
  return TEXT_PREDICATES[name];
}

export function launchPredicate(name: string): ((launch: Launch, facts: ProjectFacts) => readonly Word[]) | undefined {
  return LAUNCH_PREDICATES[name];
}

/**
 * The package or image that the launch fetches without a fixed version. A package that the project itself depends on is taken from its
 * locked copy; a bare `npx name` without consent to install (`-y`) is meant for such a copy.
 */
function unpinned({ fetched }: Launch, facts: ProjectFacts): readonly Word[] {
  if (!fetched || fetched.spec.fixed) return [];
  const { spec, word, installs } = fetched;
  // Only the registry's own images have a name of one part: any other such name is an image built on this machine.
  if (spec.kind === 'image' && !spec.name.includes('/') && /mcp|server|agent/.test(spec.name)) return [];
  if (spec.kind === 'npm' && spec.version === undefined && (facts.isDependency(spec.name) || !installs)) return [];
  return [word];
}

/** Folders as arguments: positional ones, values of flags that name folders, and bind mounts of containers. */
function broadFolders(launch: Launch): readonly Word[] {
  const mounts = launch.mounts.filter(({ source }) => broadPath(source) !== undefined).map(({ word }) => word);
  const folders = launch.arguments.filter((word, i) => {
    const [, flag = '', value = word.text] = /^(--?[\w-]+)=(.*)$/s.exec(word.text) ?? [];
    const before = flag || (launch.arguments[i - 1]?.text ?? '');
    const named = before.startsWith('-');
    return value.split(',').some((part) => {
      const broad = broadPath(part);
      // `/` is also the root of URLs and routes: behind a flag it counts only where the flag names a folder.
      return (
        broad !== undefined &&
        (!named || broad !== 'root' || /dir|root|folder|workspace|allow|mount|drive|fs/i.test(before))
      );
    });
  });
  return [...mounts, ...folders];
}
