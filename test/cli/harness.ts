import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { run } from '../../src/cli/run.js';
import type { Services } from '../../src/cli/services.js';
import type { ScanResult } from '../../src/core/finding.js';
import type { ScanOptions } from '../../src/core/options.js';
import type { Survey } from '../../src/doctor/survey.js';
import { RESULT, RULES } from '../report/sample.js';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the scan was asked for, without functions; undefined when there was none. */
  readonly options: Omit<ScanOptions, 'onProgress'> | undefined;
}

/** A hand-made survey. */
export const SURVEY: Survey = {
  packages: [
    { name: 'left-pad', major: undefined, files: 1, modelled: false },
    { name: 'openai', major: 4, files: 2, modelled: true },
  ],
  files: [
    { file: 'api/support.ts', milliseconds: 3.2 },
    { file: 'lib/env.ts', milliseconds: 12.6 },
  ],
};

export interface Setting {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether both streams are terminals. */
  readonly terminal?: boolean;
  readonly result?: ScanResult;
  /** What stands on standard input. */
  readonly input?: string;
  /** The date, `2026-11-21` by default. */
  readonly today?: string;
  readonly services?: Partial<Services>;
}

/** Runs a command line, with a scan that yields a hand-made result. */
export async function spillcheck(argv: readonly string[], setting: Setting = {}): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  let options: Outcome['options'];
  let time = 0;
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTTY: setting.terminal ?? false,
    columns: setting.terminal ? 100 : undefined,
  });
  const io: Io = {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    cwd: setting.cwd ?? makeFolder(),
    env: setting.env ?? {},
    nodeVersion: '20.0.0',
    readInput: async () => Buffer.from(setting.input ?? ''),
    clock: () => (time += 500),
    today: () => setting.today ?? '2026-11-21',
  };
  const services: Services = {
    scan: async ({ onProgress, ...others }) => {
      options = others;
      onProgress?.('Reading files', 1, 2);
      return setting.result ?? RESULT;
    },
    loadRules: async () => RULES,
    loadSecretFinder: async () => () => [],
    scanSecrets: async ({ onProgress, from, ...others }) => {
      options = others;
      return { result: setting.result ?? RESULT, texts: new Map() };
    },
    survey: async () => SURVEY,
    ...setting.services,
  };
  const code = await run(argv, io, services);
  return { code, ...written, options };
}

/** A fresh folder with files by their paths; it is gone after the test. */
export function makeFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'spillcheck-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
