/** The pipeline of a scan: discover, lower, link, analyse, look for secrets, check settings, describe. */

import { checkFile } from './checks/check-file.js';
import { isConfigurationOfInterest } from './checks/of-interest.js';
import { loadChecks } from './checks/schema/load-checks.js';
import type { Diagnostic } from './core/diagnostic.js';
import type { Finding, ScanResult } from './core/finding.js';
import { type Clears, clearsByName } from './core/kinds.js';
import { DEFAULT_LIMITS } from './core/limits.js';
import type { ScanOptions } from './core/options.js';
import { NO_SETTINGS, type ScanSettings } from './core/settings.js';
import type { Location } from './core/span.js';
import type { TypeOracle } from './core/type-oracle.js';
import { analyse, type EngineResult } from './engine/analyse.js';
import { findEndpoints } from './engine/endpoint.js';
import { explain } from './engine/explain.js';
import type { Resolution } from './engine/program.js';
import type { TrustedFunction } from './engine/trusted.js';
import type { FileIR } from './ir/file.js';
import type { Knowledge } from './knowledge/knowledge.js';
import { loadOwnKnowledge } from './knowledge/load-own.js';
import { levelFor } from './knowledge/rules.js';
import { lowerFiles } from './pool/lower-files.js';
import { type Discovery, discover } from './project/discover.js';
import type { SkipReason } from './project/file-sorter.js';
import type { FileTree } from './project/file-tree.js';
import { ManifestStore } from './project/manifest.js';
import { parseJson, parseYaml } from './project/parse-data.js';
import { folderOf } from './project/paths.js';
import type { SearchedSink } from './project/read-searched.js';
import { readText } from './project/read-text.js';
import { createResolver } from './project/resolve.js';
import { isIncidentalTest } from './project/test-file.js';
import { callShape } from './report/call-shape.js';
import { describeFlow } from './report/describe-flow.js';
import type { FindingDraft } from './report/fingerprint.js';
import { noticeDraft } from './report/notice-draft.js';
import { RULES_FOLDER } from './rules-folder.js';
import { ScanCache } from './scan-cache.js';
import { readSchemas } from './schema/read-schemas.js';
import { readTexts as readSearchedTexts, searchTexts, type Text } from './search-secrets.js';
import { loadOwnFormats, loadShippedFormats } from './secret-formats.js';
import type { SecretFormats } from './secrets/format.js';
import { asksForHosts, POLICY_RULE, policyFlowRules, toHosts } from './triage/apply-policies.js';
import { triage } from './triage/triage.js';

/** What a caller has loaded already, so that it is not loaded twice. */
export interface ScanResources {
  readonly secretFormats?: SecretFormats;
  /** Shown what the engine knows before it is thrown away, with the texts that were scanned. */
  readonly inspect?: (result: EngineResult, texts: ReadonlyMap<string, string>) => void;
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
  const settings = options.settings ?? NO_SETTINGS;
  const { exclude, paths, cacheDir } = options;
  const cache = cacheDir === undefined ? undefined : new ScanCache(cacheDir, options.root, limits);
  const discovery = discover(options.root, { paths, exclude, include: settings.include, limits }, report);
  const unchanged = resources.inspect ? undefined : cache?.lookUp(options, discovery, diagnostics);
  if (unchanged?.result) return unchanged.result;
  const knowledge = loadOwnKnowledge(RULES_FOLDER, settings);
  const texts = readTexts(options.root, discovery, report);
  const formats = await chooseFormats(settings, resources);
  const lowered = cache?.files(formats);
  const tests = options.tests ? [] : texts.code.filter((file) => isIncidentalTest(file, options.root, paths));
  const unfollowed = new Set(tests.map(({ path }) => path));
  const code = texts.code.filter(({ path }) => !unfollowed.has(path));
  progress('parsing', 0, code.length);
  const files = await lowerFiles(code, { jobs: options.jobs, limits, ...(lowered && { cache: lowered }) });
  const resolutions = link(files, discovery, report);
  const schemas = readSchemas(texts.all.map(({ path, text }) => ({ path, text, tree: () => parseTree(path, text) })));
  const rules = [...knowledge.flowRules, ...policyFlowRules(settings.policies)];
  const trusted = trustedFunctions(settings);
  const oracle = options.types ? await openOracle(files, resolutions, code, limits.oracleFiles, report) : undefined;
  const result = analyse(
    { files, resolutions, knowledge, rules, limits, schemas, trusted, ...(oracle && { oracle }) },
    (done, total) => progress('following data', done, total),
  );
  for (const file of files) diagnostics.push(...file.diagnostics);
  diagnostics.push(...result.diagnostics);
  const textByPath = new Map(texts.all.map(({ path, text }) => [path, text]));
  resources.inspect?.(result, textByPath);
  const isByHost = asksForHosts(settings.policies);
  const drafts: FindingDraft[] = result.flows.map((flow) => {
    const { location, steps, features, origin, partner, sourceFunction } = explain(result.program, flow);
    const hosts = isByHost ? toHosts(findEndpoints(result.program, result.context.tracker, flow.sink)) : undefined;
    const draft = describeFlow({
      ruleId: flow.rule,
      level: levelOf(knowledge, flow.rule, flow.kind),
      kind: flow.kind,
      element: flow.element,
      sinkKind: flow.sink.kind,
      recipient: flow.sink.recipient,
      sinkSelector: flow.sink.selector,
      location,
      sourceFunction,
      shape: shapeAt(textByPath, location),
      steps,
      features,
      origin,
      partner,
    });
    return hosts ? { ...draft, hosts } : draft;
  });
  const skipped: Record<string, number> = { ...discovery.skipped };
  const skip = (reason: SkipReason, times = 1): void => {
    skipped[reason] = (skipped[reason] ?? 0) + times;
  };
  const searched = [...discovery.declarations, ...discovery.searched].sort();
  const drop = (path: string): void => lowered?.drop(path);
  drafts.push(...secretDrafts(texts.all, searched, formats, options, { report, skip }, drop));
  lowered?.save();
  drafts.push(...checkDrafts(texts.all, discovery.tree, report));
  for (const notice of result.notices) drafts.push(noticeDraft(notice, levelOf(knowledge, notice.rule, '')));
  const triaged = triage({
    drafts,
    options,
    rules: knowledge.rules,
    texts: textByPath,
    readText: (path) => readText(options.root, path, () => {})?.text,
    comments: new Map(files.map((file) => [file.path, file.comments])),
    unfollowed,
  });
  diagnostics.push(...triaged.diagnostics);
  const answer: ScanResult = {
    findings: triaged.findings,
    ...(triaged.suppressed.length > 0 && { suppressed: triaged.suppressed }),
    tools: result.tools,
    diagnostics: sortDiagnostics(diagnostics),
    statistics: {
      filesScanned: texts.all.length,
      lines: files.reduce((sum, file) => sum + file.lines, 0),
      filesSkipped: Object.fromEntries(Object.entries(skipped).sort(([a], [b]) => (a < b ? -1 : 1))),
      ...(tests.length > 0 && { testFiles: tests.length }),
      functions: result.functions,
      calls: result.calls,
      callsResolved: result.callsResolved,
    },
  };
  unchanged?.keep(answer, formats);
  return answer;
}

/** The oracle is loaded where it is asked for: the compiler takes half a second to load. */
async function openOracle(
  files: readonly FileIR[],
  targets: readonly (readonly Resolution[])[],
  code: readonly Text[],
  limit: number,
  report: (diagnostic: Diagnostic) => void,
): Promise<TypeOracle> {
  const { createTypeOracle } = await import('./oracle/type-oracle.js');
  const texts = new Map(code.map(({ path, text }) => [path, text]));
  return createTypeOracle({ files, targets, text: (path) => texts.get(path), limit }, report);
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

/** A settings file as data; what is wrong with it is said where it is checked. */
function parseTree(path: string, text: string): unknown {
  return /\.json$/.test(path) ? parseJson(path, text, () => {}) : parseYaml(path, text, () => {});
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
          const published = target.via && {
            specifier: [target.via.name, target.via.subpath].filter(Boolean).join('/'),
            major: target.via.major,
          };
          if (number !== undefined) return { kind: 'file', file: number, ...(published && { published }) };
          return published ? { kind: 'package', ...published } : { kind: 'none' };
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

/** The own functions that the configuration trusts to clean what they are given. */
function trustedFunctions({ redactors }: ScanSettings): TrustedFunction[] {
  return redactors.flatMap(({ name, from, clears, place }) => {
    if (!('file' in from)) return [];
    const bits = clears.reduce((sum: Clears, each) => sum | (clearsByName(each) ?? 0), 0);
    return [
      { file: from.file, name, clears: bits, place: { file: place.file, ...(place.line && { line: place.line }) } },
    ];
  });
}

/** The shape of the code at a place, for its fingerprint. */
function shapeAt(texts: ReadonlyMap<string, string>, { file, start, end }: Location): string {
  return callShape(texts.get(file)?.slice(start, end) ?? '');
}

/** The shipped secret formats, or these and the configuration's own. */
async function chooseFormats({ secretFormats }: ScanSettings, resources: ScanResources): Promise<SecretFormats> {
  if (secretFormats.length > 0) return loadOwnFormats(secretFormats);
  return resources.secretFormats ?? (await loadShippedFormats());
}

function levelOf(knowledge: Knowledge, id: string, kind: string): Finding['level'] {
  if (id === POLICY_RULE) return 'error';
  const rule = knowledge.rules.find((each) => each.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return levelFor(rule, kind);
}

/** Credentials in what is analysed, and in what is only searched for them. */
function secretDrafts(
  texts: readonly Text[],
  searched: readonly string[],
  formats: SecretFormats,
  { root, profile }: ScanOptions,
  sink: SearchedSink,
  onCandidate: (path: string) => void,
): FindingDraft[] {
  const others = readSearchedTexts(root, searched, DEFAULT_LIMITS, sink);
  return [...searchTexts(texts, formats, profile, onCandidate), ...searchTexts(others, formats, profile)];
}

/** Characters of a setting that go into its fingerprint. */
const SETTING_LENGTH = 200;

function checkDrafts(texts: readonly Text[], tree: FileTree, report: (diagnostic: Diagnostic) => void): FindingDraft[] {
  const checks = loadChecks(RULES_FOLDER);
  // What is wrong with a manifest was said when its imports were resolved.
  const manifests = new ManifestStore(tree, () => {});
  return texts.flatMap(({ path, text }) => {
    if (!isConfigurationOfInterest(path)) return [];
    // A package of the project itself, or one that it depends on, is taken from its locked copy.
    const isDependency = (name: string): boolean =>
      manifests.chain(folderOf(path)).some((each) => each.name === name || each.dependencies.has(name));
    return checkFile(path, text, checks, report, { facts: { isDependency } }).map((finding) => ({
      ...finding,
      identity: {
        sourceKind: finding.data?.kind ?? '',
        sourceName: '',
        sinkSelector: finding.data?.element ?? '',
        sinkName: text
          .slice(finding.location.start, finding.location.end)
          .replace(/\s+/g, ' ')
          .slice(0, SETTING_LENGTH),
      },
    }));
  });
}

function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const key = (d: Diagnostic): string =>
    `${d.kind}\0${d.file ?? ''}\0${String(d.line ?? 0).padStart(9, '0')}\0${d.message}`;
  return [...diagnostics].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
