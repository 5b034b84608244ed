import { describeTool } from '../report/json.js';
import { SourceTexts } from '../report/source-texts.js';
import { toJson } from '../report/to-json.js';
import { toolsTable } from '../report/tools-table.js';
import { prepareAnalysis } from './analysis.js';
import { ExitCode, type Io } from './io.js';
import { readVersion } from './package.js';
import { createProgress } from './progress.js';
import type { ToolsRequest } from './request.js';
import type { Services } from './services.js';
import { createTexts } from './texts.js';

/** Width of a table that does not go to a terminal. */
const PAGE_WIDTH = 140;

/** `spillcheck tools`: what the program hands to models, and what each of it can do. */
export async function toolsCommand(request: ToolsRequest, io: Io, services: Services): Promise<ExitCode> {
  const analysis = await prepareAnalysis(request, request.paths, io, services);
  const progress = createProgress(io, !request.quiet);
  const result = await services.scan({ ...analysis.options, onProgress: progress.report }).finally(progress.end);
  const tools = result.tools ?? [];
  const context = { texts: createTexts(analysis.target.root), findSecrets: await services.loadSecretFinder() };
  if (request.format === 'json') {
    const sources = new SourceTexts(context, []);
    const tool = { name: 'spillcheck', version: readVersion() };
    io.stdout.write(toJson({ schemaVersion: 1, tool, tools: tools.map((each) => describeTool(each, sources)) }));
  } else {
    const width = io.stdout.isTTY ? (io.stdout.columns ?? PAGE_WIDTH) : PAGE_WIDTH;
    io.stdout.write(toolsTable(tools, context, width));
  }
  if (result.statistics.filesScanned > 0) return ExitCode.Clean;
  io.stderr.write(
    'spillcheck: no file was scanned: there is none of a kind that spillcheck reads, or all are left out\n',
  );
  return ExitCode.Failure;
}
