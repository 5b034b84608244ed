import { prepareAnalysis } from './analysis.js';
import { findChanges } from './changes.js';
import type { ExitCode, Io } from './io.js';
import { planOutputs } from './outputs.js';
import { createProgress } from './progress.js';
import { reportResult } from './report-result.js';
import type { ScanRequest } from './request.js';
import type { Services } from './services.js';
import { createTexts } from './texts.js';

/** `spillcheck scan`: scans, reports, and tells by the exit code whether there is something to act on. */
export async function scanCommand(request: ScanRequest, io: Io, services: Services): Promise<ExitCode> {
  planOutputs(request);
  const analysis = await prepareAnalysis(request, request.paths, io, services);
  const { root } = analysis.target;
  const changes = await findChanges(request, root, io);
  const progress = createProgress(io, !request.quiet);
  const start = io.clock();
  const result = await services
    .scan({ ...analysis.options, ...(changes && { changes }), onProgress: progress.report })
    .finally(progress.end);
  const scan = {
    result,
    root,
    rules: analysis.rules,
    texts: createTexts(root),
    findSecrets: await services.loadSecretFinder(),
    includeSuppressed: request.includeSuppressed,
    start,
    failOn: request.failOn ?? analysis.configuration.failOn ?? 'warning',
  };
  return reportResult(scan, request, io);
}
