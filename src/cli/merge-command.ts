import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { RequestError } from '../core/errors.js';
import { mergeLogs, type NamedLog } from '../report/merge/merge-logs.js';
import { parseLog } from '../report/merge/parse-log.js';
import { GITHUB_FILE_LIMITS } from '../report/sarif-limits.js';
import { count } from '../report/words.js';
import { ExitCode, type Io } from './io.js';
import { writeReport } from './outputs.js';
import type { MergeRequest } from './request.js';

/** `spillcheck merge a.sarif b.sarif --output c.sarif`: joins SARIF files within what GitHub code scanning accepts. */
export async function mergeCommand(request: MergeRequest, io: Io): Promise<ExitCode> {
  const inputs = [...new Set(request.files)];
  const logs = inputs.map((file) => ({ name: file, log: readLog(io.cwd, file) }));
  const { texts, notices, runs, results } = mergeLogs(logs, GITHUB_FILE_LIMITS);
  const files = texts.map((text, index) => {
    const file = numberFile(request.output, index);
    writeReport(io.cwd, file, text);
    return file;
  });
  for (const notice of notices) io.stderr.write(`spillcheck: ${notice}\n`);
  if (files.length > 1) {
    io.stderr.write(`spillcheck: the runs do not fit into one file; upload each of these with a step of its own.\n`);
  }
  io.stdout.write(
    `Joined ${count(logs.length, 'file', 'files')} into ${files.join(', ')}: ${count(runs, 'run', 'runs')}, ${count(results, 'result', 'results')}.\n`,
  );
  return ExitCode.Clean;
}

/** `merged.sarif`, `merged-2.sarif`, … */
function numberFile(file: string, index: number): string {
  if (index === 0) return file;
  const extension = extname(file);
  return `${file.slice(0, file.length - extension.length)}-${index + 1}${extension}`;
}

/** @throws RequestError when the file cannot be read or is no SARIF 2.1.0 */
function readLog(cwd: string, file: string): NamedLog['log'] {
  try {
    return parseLog(readFileSync(resolve(cwd, file), 'utf8'));
  } catch (error) {
    const reason =
      error instanceof RequestError ? error.message : ((error as NodeJS.ErrnoException).code ?? String(error));
    throw new RequestError(`cannot merge ${file}: ${reason}`);
  }
}
