import { decodeFile, encodeFile } from '../../src/cache/codec/file-codec.js';
import type { Checks } from '../../src/checks/check.js';
import { checkFile as checkConfiguration } from '../../src/checks/check-file.js';
import type { Diagnostic } from '../../src/core/diagnostic.js';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { analyse } from '../../src/engine/analyse.js';
import { explain } from '../../src/engine/explain.js';
import type { Resolution } from '../../src/engine/program.js';
import { lowerFile } from '../../src/frontend/js/lower-file.js';
import { checkFile as checkIr } from '../../src/ir/checker.js';
import type { FileIR } from '../../src/ir/file.js';
import type { Knowledge } from '../../src/knowledge/knowledge.js';
import { FileTree } from '../../src/project/file-tree.js';
import { parseJson, parseYaml } from '../../src/project/parse-data.js';
import { createResolver } from '../../src/project/resolve.js';
import { readSchemas } from '../../src/schema/read-schemas.js';
import { findSecrets } from '../../src/secrets/find-secrets.js';
import type { SecretFormats } from '../../src/secrets/format.js';
import { scanText } from '../../src/secrets/scan-text.js';
import type { Source } from './sources.js';

/** What is loaded once and used for every case. */
export interface Rules {
  readonly knowledge: Knowledge;
  readonly formats: SecretFormats;
  readonly checks: Checks;
}

/** Takes source through everything that a scan does with it. Throws where that is not what it should be. */
export function exerciseCode(files: readonly Source[], { knowledge, formats }: Rules): FileIR[] {
  const named = withPaths(files);
  const irs = named.map(({ path, text }) => lowerFile(path, text, DEFAULT_LIMITS));
  for (const [index, ir] of irs.entries()) {
    expectNone(checkIr(ir), 'the instructions are not well formed');
    expectStored(ir);
    expectPlaced(ir.diagnostics, ir, named[index]!.text);
    scanText(ir.path, named[index]!.text, formats);
  }
  const resolutions = irs.map((ir) => ir.specifiers.map(({ text }, index) => resolution(text, index, irs.length)));
  const result = analyse({ files: irs, resolutions, knowledge, rules: knowledge.flowRules, limits: DEFAULT_LIMITS });
  for (const flow of result.flows) {
    const { location, steps } = explain(result.program, flow);
    for (const place of [location, ...steps.map((step) => step.location)]) {
      const text = named.find(({ path }) => path === place.file)?.text;
      if (text === undefined || place.start < 0 || place.end < place.start || place.end > text.length) {
        throw new Error(`a step is nowhere: ${JSON.stringify(place)}`);
      }
    }
  }
  return irs;
}

/** The same with texts that are not code: settings, lockfiles, workflows, schemas. */
export function exerciseText(files: readonly Source[], { checks, formats }: Rules): void {
  for (const { path, text } of files) {
    const report = (diagnostic: Diagnostic) => expectPlaced([diagnostic], { path }, text);
    for (const finding of checkConfiguration(path, text, checks, report)) {
      const { start, end } = finding.location;
      if (start < 0 || end < start || end > text.length) throw new Error(`a finding is nowhere: ${start} ${end}`);
    }
    scanText(path, text, formats);
    findSecrets(text, formats);
    const tree = () => (path.endsWith('.json') ? parseJson : parseYaml)(path, text, () => {});
    readSchemas(SCHEMA_NAMES.map((name) => ({ path: name, text, tree })));
    exerciseProject(text);
  }
}

const SCHEMA_NAMES = ['a.prisma', 'a.graphql', 'a.sql', 'openapi.json'];
const PROJECT_FILES = [
  'package.json',
  'tsconfig.json',
  'a/package.json',
  'a/tsconfig.json',
  'pnpm-workspace.yaml',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'lerna.json',
];
const SPECIFIERS = [
  './b',
  '../a',
  '@/x',
  'a',
  'a/b',
  '#a',
  '@a/b',
  'openai',
  'node:fs',
  '__proto__',
  'constructor',
  'toString/valueOf',
];

/** A project of which every settings file has this text. */
function exerciseProject(text: string): void {
  const tree = new (class extends FileTree {
    override read(): string {
      return text;
    }
  })('/nowhere', [...PROJECT_FILES, 'src/b.ts', 'a/index.ts'].sort());
  const resolver = createResolver(tree, () => {});
  for (const from of ['src/b.ts', 'a/index.ts']) {
    for (const specifier of SPECIFIERS) resolver.resolve(specifier, from, 'import');
  }
}

/** Files that come from the same source are different files. */
function withPaths(files: readonly Source[]): Source[] {
  return files.map(({ path, text }, index) => ({ path: `${index}/${path}`, text }));
}

/** Relative specifiers lead to files of the case, in circles too; others to packages. */
function resolution(specifier: string, index: number, count: number): Resolution {
  return specifier.startsWith('.')
    ? { kind: 'file', file: (index + specifier.length) % count }
    : { kind: 'package', specifier, major: undefined };
}

/** What is stored is what comes back. */
function expectStored(ir: FileIR): void {
  const bytes = encodeFile(ir);
  if (!bytes) return;
  const again = encodeFile(decodeFile(ir.path, bytes));
  if (!again || !Buffer.from(again).equals(bytes)) throw new Error('the stored file differs');
}

function expectPlaced(diagnostics: readonly Diagnostic[], { path }: { readonly path: string }, text: string): void {
  for (const { file, line = 1, column = 1, message } of diagnostics) {
    if (file !== path) throw new Error(`a diagnostic of another file: ${file}`);
    if (line < 1 || column < 1 || line > text.length + 1) throw new Error(`a diagnostic is nowhere: ${message}`);
  }
}

function expectNone(faults: readonly string[], what: string): void {
  if (faults.length > 0) throw new Error(`${what}: ${faults.slice(0, 3).join('; ')}`);
}
