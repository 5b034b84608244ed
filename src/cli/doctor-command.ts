import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '../core/limits.js';
import { findBuiltInSecrets } from '../report/built-in-secrets.js';
import { maskText } from '../report/mask.js';
import { count } from '../report/words.js';
import { type Analysis, baselineFile, prepareAnalysis } from './analysis.js';
import { type Checkup, formatCheckup } from './format-checkup.js';
import { ExitCode, type Io } from './io.js';
import { readVersion } from './package.js';
import { createProgress } from './progress.js';
import type { DoctorRequest } from './request.js';
import type { Services } from './services.js';

/** `spillcheck doctor`: what a scan sees of a repository, what it does not see, and what it costs. */
export async function doctorCommand(request: DoctorRequest, io: Io, services: Services): Promise<ExitCode> {
  const analysis = await prepareAnalysis(request, request.paths, io, services);
  const { configuration, options } = analysis;
  const progress = createProgress(io, !request.quiet);
  const start = io.clock();
  const result = await services.scan({ ...options, onProgress: progress.report }).finally(progress.end);
  const seconds = (io.clock() - start) / 1_000;
  const checkup: Checkup = {
    version: readVersion(),
    nodeVersion: io.nodeVersion,
    configuration: configuration.file,
    baseline: describeBaseline(request, analysis, io),
    cache: describeCache(options.cacheDir),
    survey: await services.survey({ ...options, limits: DEFAULT_LIMITS, clock: io.clock }),
    result,
    seconds,
  };
  const text = formatCheckup(checkup);
  io.stdout.write(maskText(text, [...findBuiltInSecrets(text), ...(await services.loadSecretFinder())(text)]));
  return result.statistics.filesScanned === 0 ? ExitCode.Failure : ExitCode.Clean;
}

function describeBaseline(request: DoctorRequest, { target, options }: Analysis, io: Io): string | undefined {
  if (!options.baseline) return undefined;
  const { name } = baselineFile(request, target, io);
  return `${name}, ${count(options.baseline.length, 'finding', 'findings')}`;
}

function describeCache(folder: string | undefined): string {
  if (folder === undefined) return 'off';
  if (!existsSync(folder)) return 'on, empty so far';
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20;
  return `on, ${megabytes.toFixed(1)} MB in ${folder}`;
}
