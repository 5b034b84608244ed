import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { RequestError } from '../core/errors.js';
import { type ProposedFile, proposeFiles } from '../setup/propose-files.js';
import { findDefaultBranch } from './default-branch.js';
import { findHooksFolder } from './hooks-folder.js';
import { ExitCode, type Io } from './io.js';
import { readVersion } from './package.js';
import type { InitRequest } from './request.js';
import { findTarget } from './root.js';

/** `spillcheck init`: writes a configuration, a job for the CI and a git hook, each after asking. */
export async function initCommand(request: InitRequest, io: Io): Promise<ExitCode> {
  if (!request.yes && io.ask === undefined) {
    throw new RequestError('there is nobody to ask here; spillcheck init --yes writes the files that are not there');
  }
  const { root } = findTarget(io.cwd, []);
  const exists = (path: string) => existsSync(join(root, path));
  const { files, hints } = proposeFiles({
    exists,
    hooksFolder: findHooksFolder(root),
    defaultBranch: findDefaultBranch(root),
    version: readVersion(),
  });
  const say = (text: string) => io.stdout.write(`${text}\n`);
  for (const file of files) {
    const outcome = await settle(file, root, request, io);
    say(`${outcome.padEnd(7)}  ${file.path}  (${file.purpose})`);
    if (file.hint !== undefined && outcome !== 'skipped') say(`         ${file.hint}`);
  }
  for (const hint of hints) say(hint);
  const hasBaseline = exists('.spillcheck/baseline.json');
  say(`Next: npx spillcheck${hasBaseline ? '' : ', and npx spillcheck baseline to begin from what is there today'}.`);
  return ExitCode.Clean;
}

type Outcome = 'written' | 'kept' | 'skipped';

/** Writes a file if it may be written. */
async function settle(file: ProposedFile, root: string, { yes }: InitRequest, io: Io): Promise<Outcome> {
  const path = join(root, file.path);
  const present = readPresent(path, file.path);
  if (present === file.text) return 'kept';
  if (present !== undefined) {
    // what somebody wrote is never replaced without being asked about
    if (yes || !(await confirm(io, `${file.path} is there and differs. Overwrite it?`, false))) return 'kept';
  } else if (!yes && !(await confirm(io, `Write ${file.path}, ${file.purpose}?`, true))) return 'skipped';
  write(path, root, file);
  return 'written';
}

/** @throws RequestError when it is there and cannot be read */
function readPresent(path: string, name: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new RequestError(`cannot read ${name}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
}

/** @throws RequestError when it cannot be written, or when links lead out of the repository */
function write(path: string, root: string, file: ProposedFile): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const inside = relative(realpathSync(root), realpathSync(dirname(path)));
    if (inside === '..' || inside.startsWith(`..${sep}`)) throw new RequestError('it lies outside of the repository');
    writeFileSync(path, file.text);
    if (file.executable) chmodSync(path, 0o755);
  } catch (error) {
    const reason = error instanceof RequestError ? error.message : (error as NodeJS.ErrnoException).code;
    throw new RequestError(`cannot write ${file.path}: ${reason ?? String(error)}`);
  }
}

/** Asks until the answer is yes or no; an empty one, or none at all, means what is suggested. */
async function confirm(io: Io, question: string, suggested: boolean): Promise<boolean> {
  for (;;) {
    const answer = (await io.ask!(`${question} [${suggested ? 'Y/n' : 'y/N'}] `))?.trim().toLowerCase();
    if (answer === undefined || answer === '') return answer === undefined ? false : suggested;
    if (/^y(?:es)?$/.test(answer)) return true;
    if (/^no?$/.test(answer)) return false;
  }
}
