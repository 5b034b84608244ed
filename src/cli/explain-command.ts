import { realpathSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { RequestError } from '../core/errors.js';
import type { ScanOptions } from '../core/options.js';
import { NO_SETTINGS } from '../core/settings.js';
import { LineIndex, type Location } from '../core/span.js';
import { printable } from '../report/printable.js';
import { RULES_FOLDER } from '../rules-folder.js';
import { POLICY_RULE } from '../triage/apply-policies.js';
import { type Analysis, prepareAnalysis } from './analysis.js';
import { wantsColor } from './color.js';
import { describeStatus, explainFinding, findByFingerprint, type Page } from './explain-finding.js';
import { explainLine } from './explain-line.js';
import { ExitCode, type Io } from './io.js';
import { loadPolicyRule } from './load-policy-rule.js';
import type { ExplainRequest } from './request.js';
import { findRule } from './select-rules.js';
import type { Services } from './services.js';
import { createTexts } from './texts.js';

const FINGERPRINT = /^[0-9a-f]{6,32}(?::\d+)?$/;
const PLACE = /^(.+?):([1-9]\d*)(?::\d+)?$/;
const PAGE_WIDTH = 100;

/**
 * `spillcheck explain <what>`: the page of a rule; a finding by its fingerprint, step by step and with what becomes of it; or a line of a file:
 * what is found there, or what is known of it and why that is nothing.
 */
export async function explainCommand(request: ExplainRequest, io: Io, services: Services): Promise<ExitCode> {
  if (request.model !== undefined) return explainModel(request.model, io);
  const { subject } = request;
  if (FINGERPRINT.test(subject)) return explainPrint(request, io, services);
  const [, path, line] = PLACE.exec(subject) ?? [];
  if (path !== undefined) return explainPlace(request, path, Number(line), io, services);
  const rule = subject === POLICY_RULE ? await loadPolicyRule() : findRule(await services.loadRules(), subject);
  io.stdout.write(rule.help.endsWith('\n') ? rule.help : `${rule.help}\n`);
  return ExitCode.Clean;
}

async function explainPrint(request: ExplainRequest, io: Io, services: Services): Promise<ExitCode> {
  const analysis = await prepareAnalysis(request, [], io, services);
  const result = await services.scan(everything(analysis, io));
  const suppressed = result.suppressed ?? [];
  const finding = findByFingerprint([...result.findings, ...suppressed.map((each) => each.finding)], request.subject);
  const overruled = suppressed.find((each) => each.finding === finding);
  const status = describeStatus(finding, overruled, analysis, await services.loadRules());
  write(io, explainFinding(finding, status, await page(request, analysis, io, services)));
  return ExitCode.Clean;
}

async function explainPlace(
  request: ExplainRequest,
  path: string,
  line: number,
  io: Io,
  services: Services,
): Promise<ExitCode> {
  const analysis = await prepareAnalysis(request, [path], io, services);
  const { root } = analysis.target;
  const absolute = realpathSync(resolve(io.cwd, path));
  const file = relative(root, absolute).split(sep).join('/');
  const texts = createTexts(root);
  const text = texts(file);
  if (statSync(absolute).isDirectory() || text === undefined)
    throw new RequestError(`${request.subject}: no file that can be read`);
  const lines = new LineIndex(text);
  if (line > lines.lineCount) throw new RequestError(`${file} has ${lines.lineCount} lines`);
  const { explainPlace: look } = await import('../explain-place.js');
  const { result, isScanned, facts } = await look(everything(analysis, io), { file, line });
  const suppressed = result.suppressed ?? [];
  const isAt = ({ location }: { readonly location: Location }): boolean =>
    location.file === file && lines.position(location.start).line === line;
  const all = [...result.findings, ...suppressed.map(({ finding }) => finding)];
  const here = all.filter(isAt);
  const through = all.filter((finding) => !here.includes(finding) && finding.steps.some(isAt));
  const paper = await page(request, analysis, io, services);
  for (const finding of here) {
    const overruled = suppressed.find((each) => each.finding === finding);
    const status = describeStatus(finding, overruled, analysis, await services.loadRules());
    write(io, explainFinding(finding, status, paper));
  }
  if (through.length > 0) {
    write(io, ['Data passes this line on its way to:']);
    for (const { ruleId, location, fingerprints } of through) {
      const place = `${location.file}:${new LineIndex(texts(location.file) ?? '').position(location.start).line}`;
      write(io, [`- ${printable(place)} ${ruleId} (spillcheck explain ${fingerprints['flow/v1'].slice(0, 12)})`]);
    }
    write(io, ['']);
  }
  if (here.length > 0) return ExitCode.Clean;
  write(io, [`Nothing is reported at ${printable(file)}:${line}.`]);
  if (!isScanned)
    write(io, [
      'The file was not scanned: ignore files, options or the configuration leave it out, or it is of no kind that is read.',
    ]);
  else if (!facts)
    write(io, ['The file is no code that is followed. It was searched for credentials and checked for settings.']);
  else write(io, explainLine(facts, text, line));
  return ExitCode.Clean;
}

/** All rules in all of the repository, so that what is switched off can be told from what is not there. */
function everything({ options }: Analysis, io: Io): ScanOptions {
  const { rules, ...others } = options;
  const settings = { ...(options.settings ?? NO_SETTINGS), levels: {}, overrides: [] };
  return { ...others, profile: 'strict', paths: [], settings, today: io.today() };
}

async function page(request: ExplainRequest, { target }: Analysis, io: Io, services: Services): Promise<Page> {
  return {
    texts: { texts: createTexts(target.root), findSecrets: await services.loadSecretFinder() },
    color: wantsColor(io, request.color),
    width: Math.max(40, (io.stdout.isTTY ? io.stdout.columns : undefined) ?? PAGE_WIDTH),
  };
}

function write(io: Io, lines: readonly string[]): void {
  io.stdout.write(`${lines.join('\n')}\n`);
}

/** `spillcheck explain --model <selector>`: what the models say of an interface. */
async function explainModel(selector: string, io: Io): Promise<ExitCode> {
  const { describeModels } = await import('../knowledge/describe-model.js');
  const { loadKnowledge } = await import('../knowledge/load.js');
  const blocks = describeModels(loadKnowledge(RULES_FOLDER).data.models, selector);
  if (blocks.length === 0) throw new RequestError(`no model speaks of '${selector}'`);
  io.stdout.write(`${blocks.join('\n\n')}\n`);
  return ExitCode.Clean;
}
