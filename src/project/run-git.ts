import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { RequestError } from '../core/errors.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings of a repository that make git start a program or speak to a network, each switched off. */
const HARMLESS = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.sshCommand=false',
  'core.alternateRefsCommand=false',
  'protocol.allow=never',
  'submodule.recurse=false',
].flatMap((setting) => ['-c', setting]);
const ANSWER_LIMIT = 512 * 1024 * 1024;

/**
 * Runs a plumbing command of git in a repository that is not trusted: nothing that its configuration names is started, nothing is fetched
 * and nothing is written. Which repository and index is meant, the environment may say, as git does for its hooks.
 *
 * @param root absolute path of the work tree
 * @throws RequestError where there is no git, or it refuses
 */
export function runGit(root: string, environment: Environment, args: readonly string[], input = ''): Buffer {
  const git = findGit(environment);
  if (git === undefined) throw new RequestError('git is not installed, or not on the PATH');
  const { status, stdout, stderr, error } = spawnSync(git, ['--no-optional-locks', ...HARMLESS, ...args], {
    cwd: root,
    env: {
      ...environment,
      GIT_EXTERNAL_DIFF: undefined,
      GIT_NO_LAZY_FETCH: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      LC_ALL: 'C',
    },
    input,
    maxBuffer: ANSWER_LIMIT,
    windowsHide: true,
  });
  if (status === 0) return stdout;
  const reason =
    error?.message ??
    stderr
      .toString('utf8')
      .split('\n', 1)[0]!
      .replace(/^(?:fatal|error): /, '');
  throw new RequestError(`git ${args[0]} failed: ${reason}`);
}

/** Looks git up itself: the system might also look into the working directory, where anyone may have put a `git`. */
function findGit(environment: Environment): string | undefined {
  const path = environment.PATH ?? environment.Path ?? '';
  const names = process.platform === 'win32' ? ['git.exe'] : ['git'];
  const places = path.split(delimiter).filter((folder) => isAbsolute(folder));
  return places.flatMap((folder) => names.map((name) => join(folder, name))).find(isFile);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
