import { existsSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { RequestError } from '../core/errors.js';
import type { SecretSource } from '../secret-scan.js';
import { prepareAnalysis } from './analysis.js';
import type { ExitCode, Io } from './io.js';
import { planOutputs } from './outputs.js';
import { createProgress } from './progress.js';
import { reportResult } from './report-result.js';
import type { SecretsRequest } from './request.js';
import type { Services } from './services.js';
import { createTexts } from './texts.js';

/** The rules that need nothing but a text. */
const RULES = ['client-exposed-secret', 'hardcoded-secret'];
/** Stands for standard input in place of a path. */
const INPUT = '-';

/** `spillcheck secrets`: looks for credentials alone, in files, on standard input, or in what is staged. */
export async function secretsCommand(request: SecretsRequest, io: Io, services: Services): Promise<ExitCode> {
  planOutputs(request);
  checkSource(request);
  const isInput = request.paths.includes(INPUT);
  const analysis = await prepareAnalysis({ ...request, rules: RULES }, isInput ? [] : request.paths, io, services);
  const { root } = analysis.target;
  const progress = createProgress(io, !request.quiet);
  const start = io.clock();
  const source = await openSource(request, root, io);
  const { result, texts } = await services
    .scanSecrets({ ...analysis.options, from: source, onProgress: progress.report })
    .finally(progress.end);
  const readText = createTexts(root);
  const scan = {
    result,
    root,
    rules: analysis.rules,
    texts: (path: string) => (source.kind === 'tree' ? readText(path) : texts.get(path)),
    findSecrets: await services.loadSecretFinder(),
    includeSuppressed: request.includeSuppressed,
    start,
    // A commit may well hold nothing but deletions and pictures.
    mayBeEmpty: source.kind === 'index',
    failOn: request.failOn ?? analysis.configuration.failOn ?? 'warning',
  };
  return reportResult(scan, request, io);
}

function checkSource({ paths, staged, stdinFilename }: SecretsRequest): void {
  const isInput = paths.includes(INPUT);
  if (isInput && paths.length > 1) throw new RequestError('- stands for standard input and excludes other paths');
  if (isInput && staged) throw new RequestError('- and --staged exclude each other');
  if (!isInput && stdinFilename !== undefined) throw new RequestError('--stdin-filename needs - for standard input');
}

async function openSource(
  { paths, staged, stdinFilename }: SecretsRequest,
  root: string,
  io: Io,
): Promise<SecretSource> {
  if (staged) {
    if (!existsSync(join(root, '.git'))) throw new RequestError('--staged needs a git repository');
    return { kind: 'index', environment: io.env };
  }
  if (!paths.includes(INPUT)) return { kind: 'tree' };
  return { kind: 'input', path: nameInput(stdinFilename, root, io), bytes: await io.readInput() };
}

/** The path below the root by which standard input is judged and reported. */
function nameInput(name: string | undefined, root: string, io: Io): string {
  if (name === undefined) return 'stdin';
  const path = relative(root, resolve(io.cwd, name));
  return path === '' || path.startsWith('..') ? basename(name) : path.split(sep).join('/');
}
