import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createServices } from '../../src/cli/services.js';
import { makeFolder, type Outcome, type Setting, spillcheck } from './harness.js';

/** A scratch git repository, gone after the test, in which spillcheck is run with everything that it has. */
export class GitRepository {
  readonly folder = makeFolder();

  constructor(files: Readonly<Record<string, string>>) {
    this.git('init', '--quiet', '--initial-branch=main');
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    this.commit('start');
  }

  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: this.folder },
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  link(target: string, path: string): void {
    symlinkSync(target, join(this.folder, path));
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  edit(path: string, from: string, to: string): void {
    const text = this.read(path);
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
    this.write(
      path,
      text.replace(from, () => to),
    );
  }

  move(from: string, to: string): void {
    mkdirSync(dirname(join(this.folder, to)), { recursive: true });
    renameSync(join(this.folder, from), join(this.folder, to));
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  run(argv: readonly string[], setting: Setting = {}): Promise<Outcome> {
    const env = { PATH: process.env.PATH ?? '', HOME: this.folder };
    return spillcheck(argv, { cwd: this.folder, env, services: createServices(), ...setting });
  }

  /** A scan in short: the exit code, the findings as `file:line rule`, what is suppressed, and what is to be tidied up. */
  async scan(argv: readonly string[] = [], setting: Setting = {}): Promise<Report> {
    const { code, stdout, stderr } = await this.run(
      [...argv, '--no-cache', '--jobs', '1', '--format', 'json'],
      setting,
    );
    if (stdout === '') throw new Error(stderr);
    return readReport(code, stdout);
  }
}

export interface Report {
  readonly code: number;
  readonly findings: readonly string[];
  readonly suppressed: readonly string[];
  readonly upkeep: readonly string[];
}

interface Row {
  readonly ruleId: string;
  readonly location: { readonly file: string; readonly start: { readonly line: number } };
}

interface Upkeep {
  readonly kind: string;
  readonly file: string;
  readonly line?: number;
  readonly message: string;
}

function readReport(code: number, text: string): Report {
  const report = JSON.parse(text);
  const name = ({ ruleId, location }: Row) => `${location.file}:${location.start.line} ${ruleId}`;
  const suppressed = (report.suppressed ?? []) as { finding: Row; by: string }[];
  const upkeep = (report.diagnostics as Upkeep[]).filter(({ kind }) => kind === 'suppression' || kind === 'baseline');
  return {
    code,
    findings: (report.findings as Row[]).map(name),
    suppressed: suppressed.map(({ finding, by }) => `${name(finding)} ${by}`),
    upkeep: upkeep.map(({ file, line, message }) => `${[file, line].filter(Boolean).join(':')} ${message}`),
  };
}
