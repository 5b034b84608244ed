/** The pipeline of a scan: discover, lower, link, analyse, look for secrets, check settings, describe. */

import { checkFile } from './checks/check-file.js';
import { isConfigurationOfInterest } from './checks/of-interest.js';
import { loadChecks } from './checks/schema/load-checks.js';
import type { Diagnostic } from './core/diagnostic.js';
import type { Finding, Profile, ScanResult } from './core/finding.js';
import { DEFAULT_LIMITS } from './core/limits.js';
import type { ScanOptions } from './core/options.js';
import { isInProfile } from './core/rule.js';
import { analyse } from './engine/analyse.js';
import { explain } from './engine/explain.js';
import type { Resolution } from './engine/program.js';
import type { FileIR } from './ir/file.js';
import type { Knowledge } from './knowledge/knowledge.js';
import { loadKnowledge } from './knowledge/load.js';
import { levelFor } from './knowledge/rules.js';
import { lowerFiles } from './pool/lower-files.js';
import { type Discovery, discover } from './project/discover.js';
import { readText } from './project/read-text.js';
import { createResolver } from './project/resolve.js';
import { describeFlow } from './report/describe-flow.js';
import { assignFingerprints, type FindingDraft } from './report/fingerprint.js';
import { RULES_FOLDER } from './rules-folder.js';
import { loadShippedFormats } from './secret-formats.js';
import type { SecretFormats } from './secrets/format.js';
import { scanText } from './secrets/scan-text.js';
import { toFinding } from './secrets/to-finding.js';

/** What a caller has loaded already, so that it is not loaded twice. */
export interface ScanResources {
  readonly secretFormats?: SecretFormats;
}

/**
 * Scans a folder.
 *
 * @throws RequestError when the request itself is wrong: a path that does not exist, a rules file that does not parse
 */
export async function scan(options: ScanOptions, resources: ScanResources = {}): Promise<ScanResult> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const limits = DEFAULT_LIMITS;
  const progress = options.onProgress ?? (() => {});
  const knowledge = loadKnowledge(RULES_FOLDER);
  const discovery = discover(options.root, { paths: options.paths, exclude: options.exclude, limits }, report);
  const texts = readTexts(options.root, discovery, report);
  progress('parsing', 0, texts.code.length);
  const files = await lowerFiles(texts.code, { jobs: options.jobs, limits });
  const resolutions = link(files, discovery, report);
  const result = analyse({ files, resolutions, knowledge, rules: knowledge.flowRules, limits }, (done, total) =>
    progress('following data', done, total),
  );
  for (const file of files) diagnostics.push(...file.diagnostics);
  diagnostics.push(...result.diagnostics);
  const drafts: FindingDraft[] = result.flows.map((flow) => {
    const { location, steps, features, origin, partner, sourceFunction, sinkFunction } = explain(result.program, flow);
    return describeFlow({
      ruleId: flow.rule,
      level: levelOf(knowledge, flow.rule, flow.kind),
      kind: flow.kind,
      element: flow.element,
      sinkKind: flow.sink.kind,
      recipient: flow.sink.recipient,
      sinkSelector: flow.sink.selector,
      location,
      sourceFunction,
      sinkFunction,
      steps,
      features,
      origin,
      partner,
    });
  });
  const formats = resources.secretFormats ?? (await loadShippedFormats());
  drafts.push(...secretDrafts(texts.all, formats, options.profile), ...checkDrafts(texts.all, report));
  const findings = assignFingerprints(drafts.filter((draft) => isWanted(draft, knowledge, options)));
  return {
    findings,
    diagnostics: sortDiagnostics(diagnostics),
    statistics: {
      filesScanned: texts.all.length,
      lines: files.reduce((sum, file) => sum + file.lines, 0),
      filesSkipped: discovery.skipped as Readonly<Record<string, number>>,
      functions: result.functions,
      calls: result.calls,
      callsResolved: result.callsResolved,
    },
  };
}

interface Text {
  readonly path: string;
  readonly text: string;
}

function readTexts(
  root: string,
  discovery: Discovery,
  report: (diagnostic: Diagnostic) => void,
): { code: Text[]; all: Text[] } {
  const read = (path: string): Text[] => {
    const file = readText(root, path, report);
    return file ? [{ path, text: file.text }] : [];
  };
  const code = discovery.code.flatMap(read);
  const others = [...discovery.configuration, ...discovery.unparsed].flatMap(read);
  return { code, all: [...code, ...others] };
}

/** Where each specifier of each file leads. */
function link(
  files: readonly FileIR[],
  discovery: Discovery,
  report: (diagnostic: Diagnostic) => void,
): Resolution[][] {
  const numbers = new Map(files.map((file, index) => [file.path, index]));
  const resolver = createResolver(discovery.tree, report);
  return files.map((file) =>
    file.specifiers.map((specifier): Resolution => {
      const target = resolver.resolve(specifier.text, file.path, specifier.form === 'require' ? 'require' : 'import');
      switch (target.kind) {
        case 'file': {
          const number = numbers.get(target.path);
          if (number !== undefined) return { kind: 'file', file: number };
          return target.via
            ? {
                kind: 'package',
                specifier: [target.via.name, target.via.subpath].filter(Boolean).join('/'),
                major: target.via.major,
              }
            : { kind: 'none' };
        }
        case 'package':
          return {
            kind: 'package',
            specifier: [target.name, target.subpath].filter(Boolean).join('/'),
            major: target.major,
          };
        case 'builtin':
          return { kind: 'package', specifier: target.name, major: undefined };
        case 'unresolved':
          if (!specifier.typeOnly) {
            report({ kind: 'unresolved-import', file: file.path, message: `cannot find \`${specifier.text}\`` });
          }
          return { kind: 'none' };
        default:
          return { kind: 'none' };
      }
    }),
  );
}

function levelOf(knowledge: Knowledge, id: string, kind: string): Finding['level'] {
  const rule = knowledge.rules.find((each) => each.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return levelFor(rule, kind);
}

function secretDrafts(texts: readonly Text[], formats: SecretFormats, profile: Profile): FindingDraft[] {
  return texts.flatMap(({ path, text }) =>
    scanText(path, text, formats)
      .filter((hit) => profile === 'strict' || hit.profile === 'recommended')
      .map(toFinding),
  );
}

function checkDrafts(texts: readonly Text[], report: (diagnostic: Diagnostic) => void): FindingDraft[] {
  const checks = loadChecks(RULES_FOLDER);
  return texts.flatMap(({ path, text }) => {
    if (!isConfigurationOfInterest(path)) return [];
    return checkFile(path, text, checks, report).map((finding) => ({
      ...finding,
      identity: {
        sourceKind: finding.data?.kind ?? '',
        sourceName: '',
        sinkSelector: finding.data?.element ?? '',
        sinkName: '',
      },
    }));
  });
}

function isWanted(draft: FindingDraft, knowledge: Knowledge, options: ScanOptions): boolean {
  if (options.rules) return options.rules.includes(draft.ruleId);
  const rule = knowledge.rules.find((each) => each.id === draft.ruleId);
  return rule !== undefined && isInProfile({ ...rule, help: '' }, options.profile);
}

function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const key = (d: Diagnostic): string =>
    `${d.kind}\0${d.file ?? ''}\0${String(d.line ?? 0).padStart(9, '0')}\0${d.message}`;
  return [...diagnostics].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
