import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), '../src');

interface Layer {
  /** Why the layer may import what it may. */
  readonly reason: string;
  /** Other folders (or files of `src`) that it may import. */
  readonly imports: readonly string[];
  /** Modules of Node, without `node:`. */
  readonly node: readonly string[];
  readonly packages: readonly string[];
}

/** The house: what each folder may import. A new folder, edge, module or package needs its line, and its reason, here. */
const LAYERS: Readonly<Record<string, Layer>> = {
  core: {
    reason:
      'The words that all others share. It stands on nothing, so that everything can stand on it; it does no I/O.',
    imports: [],
    node: [],
    packages: [],
  },
  ir: {
    reason:
      'The instructions between front ends and engine. Plain data, so that they can be cached and sent between threads.',
    imports: ['core'],
    node: [],
    packages: [],
  },
  engine: {
    reason:
      'Knows no language, no file and no rule: only instructions, and the knowledge that it is handed through an interface of core.',
    imports: ['core', 'ir'],
    node: [],
    packages: [],
  },
  frontend: {
    reason:
      'Turns text into instructions. The only folder that knows a syntax tree, so the only one that may see the parser.',
    imports: ['core', 'ir'],
    node: [],
    packages: ['@babel/parser', '@babel/types'],
  },
  project: {
    reason:
      'Reads the scanned repository: files, ignore rules, manifests, resolution. It has no opinion about their content.',
    imports: ['core', 'ir'],
    node: ['child_process', 'crypto', 'fs', 'fs/promises', 'module', 'path', 'url'],
    packages: ['fast-glob', 'ignore', 'jsonc-parser', 'yaml'],
  },
  pool: {
    reason:
      'Runs the front end in worker threads; a worker reads its file by itself, so that texts are not copied between threads.',
    imports: ['core', 'ir', 'frontend'],
    node: ['fs', 'os', 'path', 'url', 'worker_threads'],
    packages: [],
  },
  cache: {
    reason: 'Stores what is expensive to make again, by the hash of what it was made from.',
    imports: ['core', 'ir'],
    node: ['crypto', 'fs', 'module', 'path'],
    packages: [],
  },
  knowledge: {
    reason:
      'Reads our own rule files. What it reads for secrets and checks it hands on as data, so that it need not know them.',
    imports: ['core', 'ir'],
    node: ['crypto', 'fs', 'path', 'url'],
    packages: ['yaml', 'zod'],
  },
  schema: {
    reason:
      'Reads what databases and interfaces say of their own data. It makes types of it, so that the engine need not know where they come from.',
    imports: ['core', 'ir'],
    node: [],
    packages: [],
  },
  secrets: {
    reason:
      'Looks for credentials in texts that it is handed. A digest, to name a value without showing it, is all that it needs.',
    imports: ['core', 'ir'],
    node: ['crypto'],
    packages: [],
  },
  checks: {
    reason: 'Looks at configuration trees with positions, so it holds the parsers that keep them.',
    imports: ['core', 'ir'],
    node: ['crypto', 'fs', 'path'],
    packages: ['jsonc-parser', 'toml-eslint-parser', 'yaml'],
  },
  oracle: {
    reason:
      'Asks the TypeScript compiler, in a thread that can be ended. Kept apart, because it is slow to load and must stay off the path of a large scan.',
    imports: ['core', 'ir'],
    node: ['fs', 'url', 'worker_threads'],
    packages: ['ts-morph'],
  },
  report: {
    reason: 'Turns a result into text. It reads no file: texts and the detector of credentials are handed to it.',
    imports: ['core', 'ir'],
    node: ['crypto', 'zlib'],
    packages: ['chalk', '@types/sarif'],
  },
  setup: {
    reason: 'Says what a repository needs to begin with, as texts; writing them is left to those who can ask first.',
    imports: ['core'],
    node: [],
    packages: [],
  },
  doctor: {
    reason: 'Looks at a repository as a scan does, file by file, to tell people what was seen and what it cost.',
    imports: ['core', 'ir', 'project', 'frontend', 'knowledge'],
    node: [],
    packages: [],
  },
  policy: {
    reason: 'Says whether data may go to a recipient. It is asked with words alone, so it knows no file and no engine.',
    imports: ['core'],
    node: [],
    packages: [],
  },
  suppress: {
    reason: 'Reads suppressions out of texts that it is handed, and takes out what they cover. The date is told to it.',
    imports: ['core'],
    node: [],
    packages: [],
  },
  baseline: {
    reason: 'Keeps findings that are known in a file of the repository, and tells by it which ones are new.',
    imports: ['core'],
    node: ['fs', 'path'],
    packages: [],
  },
  config: {
    reason:
      'Reads what a repository asks for, and lets nothing through that a stranger may not ask. It checks patterns with those who understand them.',
    imports: ['core', 'policy', 'project', 'knowledge'],
    node: ['fs', 'path'],
    packages: ['yaml', 'zod'],
  },
  triage: {
    reason: 'From what was found to what is reported: the one stage that knows all reasons to overrule a finding.',
    imports: ['core', 'project', 'report', 'policy', 'suppress', 'baseline'],
    node: [],
    packages: [],
  },
  'rules-folder.ts': {
    reason: 'Where our own rule files lie, seen from the built program and from its source alike; nothing else knows.',
    imports: [],
    node: ['url'],
    packages: [],
  },
  'secret-formats.ts': {
    reason: 'Joins what reads the files of secret formats and what understands them, for the scan and for reports.',
    imports: ['core', 'knowledge', 'secrets', 'rules-folder.ts'],
    node: [],
    packages: [],
  },
  'search-secrets.ts': {
    reason: 'Brings texts of the repository to the search for credentials; a part of both kinds of scan.',
    imports: ['core', 'project', 'secrets', 'report'],
    node: [],
    packages: [],
  },
  'secret-scan.ts': {
    reason:
      'The pipeline of a scan for credentials alone, which must start fast: it may see nothing that is slow to load.',
    imports: ['core', 'project', 'secrets', 'triage', 'search-secrets.ts'],
    node: [],
    packages: [],
  },
  'build-rules.ts': {
    reason: 'A step of the build: parses the rules once, so that a start need not.',
    imports: ['knowledge', 'secrets', 'checks', 'rules-folder.ts'],
    node: ['fs', 'url'],
    packages: [],
  },
  'scan-cache.ts': {
    reason: 'Fits the cache to a scan: what its entries depend on, and what keeps credentials out of it.',
    imports: ['core', 'cache', 'project', 'secrets', 'rules-folder.ts', 'scan-inputs.ts'],
    node: ['url'],
    packages: [],
  },
  'scan-inputs.ts': {
    reason: 'Tells by digests whether a scan would see the same again: the request, what discovery found, every file.',
    imports: ['core', 'project'],
    node: ['crypto', 'fs'],
    packages: [],
  },
  'scan.ts': {
    reason: 'The pipeline: the one place that knows all stages.',
    imports: [
      'core',
      'ir',
      'engine',
      'frontend',
      'project',
      'pool',
      'cache',
      'knowledge',
      'schema',
      'secrets',
      'checks',
      'oracle',
      'report',
      'triage',
      'rules-folder.ts',
      'scan-cache.ts',
      'search-secrets.ts',
      'secret-formats.ts',
    ],
    node: ['fs', 'os', 'path', 'url'],
    packages: [],
  },
  cli: {
    reason:
      'Talks to people: it asks for a scan and prints reports, which need texts, rules and the detector of credentials.',
    imports: [
      'core',
      'config',
      'baseline',
      'scan.ts',
      'explain-place.ts',
      'triage',
      'secret-formats.ts',
      'secret-scan.ts',
      'cache',
      'report',
      'setup',
      'doctor',
      'knowledge',
      'secrets',
      'project',
      'rules-folder.ts',
    ],
    node: ['fs', 'os', 'path', 'readline/promises', 'url'],
    packages: ['commander'],
  },
  'explain-place.ts': {
    reason: 'A scan that is asked about one line: it looks at what the engine knows while that is at hand.',
    imports: ['core', 'engine', 'scan.ts'],
    node: [],
    packages: [],
  },
  'index.ts': {
    reason: 'The public interface: the scan and the types of what it takes and yields.',
    imports: ['core', 'scan.ts'],
    node: [],
    packages: [],
  },
};

/** Packages whose reach is narrower than a folder. */
const NARROW: Readonly<Record<string, RegExp>> = {
  yaml: /^(?:knowledge|checks)\/|^config\/document\.ts$|^project\/parse-data\.ts$/,
  'jsonc-parser': /^checks\/|^project\/parse-data\.ts$/,
};

/** Folders whose files may call each other in a circle, because what they walk over is recursive. A circle may not leave its folder. */
const RECURSIVE: Readonly<Record<string, string>> = {
  'frontend/js/lower':
    'Statements hold expressions, expressions hold functions and classes, and those hold statements.',
  'frontend/js/scope': 'Declarations hold functions and classes, and those hold declarations.',
  'frontend/js/types': 'Types hold types.',
  engine: 'A call runs its callbacks, and those call.',
};

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const FILES = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map((path) => path.split('\\').join('/'))
  .filter((path) => path.endsWith('.ts'))
  .sort();
const IMPORTS = FILES.flatMap((file) => readImports(file, readFileSync(join(SOURCE, file), 'utf8')));

describe('layers', () => {
  test('every folder has its layer', () => {
    expect([...new Set(FILES.map(layerOf))].filter((layer) => !(layer in LAYERS))).toEqual([]);
  });

  test('folders import what their layer allows', () => {
    expect(
      IMPORTS.flatMap(({ file, specifier }) => {
        const target = resolveOwn(file, specifier);
        if (target === undefined) return [];
        const [from, to] = [layerOf(file), layerOf(target)];
        return from === to || LAYERS[from]?.imports.includes(to) ? [] : [`${file} imports ${target}`];
      }),
    ).toEqual([]);
  });

  test('imports lead to files, by their whole names', () => {
    expect(
      IMPORTS.flatMap(({ file, specifier }) => {
        const target = resolveOwn(file, specifier);
        return target === undefined || FILES.includes(target) ? [] : [`${file} imports ${specifier}`];
      }),
    ).toEqual([]);
  });

  test('modules of Node are imported where the layer allows, by their prefixed names', () => {
    expect(
      IMPORTS.flatMap(({ file, specifier }) => {
        if (builtinModules.includes(specifier)) return [`${file} imports ${specifier} without node:`];
        if (!specifier.startsWith('node:')) return [];
        return LAYERS[layerOf(file)]?.node.includes(specifier.slice(5)) ? [] : [`${file} imports ${specifier}`];
      }),
    ).toEqual([]);
  });

  test('each package is imported in its folder only', () => {
    expect(
      IMPORTS.flatMap(({ file, specifier, typeOnly }) => {
        if (specifier.startsWith('.') || specifier.startsWith('node:') || builtinModules.includes(specifier)) return [];
        const name = packageOf(specifier);
        const { packages = [] } = LAYERS[layerOf(file)] ?? {};
        if (packages.includes(name)) return NARROW[name]?.test(file) === false ? [`${file} imports ${name}`] : [];
        return typeOnly && packages.includes(`@types/${name}`) ? [] : [`${file} imports ${name}`];
      }),
    ).toEqual([]);
  });

  test('packages that are only installed for development are imported as types', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(SOURCE, '../package.json'), 'utf8'));
    const values = IMPORTS.filter(({ typeOnly }) => !typeOnly).map(({ specifier }) => packageOf(specifier));
    expect(values.filter((name) => name in devDependencies)).toEqual([]);
  });

  test('no layer may import itself around a corner', () => {
    const edges = new Map(Object.entries(LAYERS).map(([name, layer]) => [name, layer.imports]));
    expect(findCycles(edges)).toEqual([]);
  });

  test('no file imports itself around a corner', () => {
    const edges = new Map<string, string[]>(FILES.map((file) => [file, []]));
    for (const { file, specifier, typeOnly } of IMPORTS) {
      const target = typeOnly ? undefined : resolveOwn(file, specifier);
      if (target !== undefined) edges.get(file)!.push(target);
    }
    const cycles = findCycles(edges).map((cycle) => ({ cycle, folders: [...new Set(cycle.map(posix.dirname))] }));
    const recursive = cycles.filter(({ folders }) => folders.length === 1 && folders[0]! in RECURSIVE);
    expect(cycles.filter((cycle) => !recursive.includes(cycle)).map(({ cycle }) => cycle.join(' > '))).toEqual([]);
    expect([...new Set(recursive.map(({ folders }) => folders[0]))].sort()).toEqual(Object.keys(RECURSIVE).sort());
  });

  test('every layer gives its reason', () => {
    expect(Object.entries(LAYERS).filter(([, { reason }]) => !/^[A-Z].{40,}\.$/.test(reason))).toEqual([]);
  });

  test('folders that do no I/O touch no process either', () => {
    const pure = FILES.filter((file) => ['core', 'ir', 'engine', 'frontend', 'report'].includes(layerOf(file)));
    const touching = pure.filter((file) => /\b(?:process|console|globalThis)\./.test(withoutComments(file)));
    expect(touching).toEqual([]);
  });
});

/** `engine/value.ts` is of the layer `engine`, `scan.ts` is its own. */
function layerOf(file: string): string {
  return file.split('/')[0]!;
}

/** The file that a relative specifier names; undefined for packages and modules of Node. */
function resolveOwn(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts');
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Imports, re-exports and `import()` of a file; the formatter sees to it that statements start a line. */
function readImports(file: string, text: string): Import[] {
  const statements = text.matchAll(/^(?:import|export)\b([^'"`;=()]*?)\bfrom '([^']+)'|^import '([^']+)'/gm);
  const dynamic = text.matchAll(/\bimport\('([^']+)'\)/g);
  return [
    ...[...statements].map(([, clause = '', from, bare]) => ({
      file,
      specifier: (from ?? bare)!,
      typeOnly: /^\s*type\b/.test(clause),
    })),
    ...[...dynamic].map(([, specifier]) => ({ file, specifier: specifier!, typeOnly: false })),
  ].filter(({ specifier }) => !isInComment(text, specifier));
}

/** Whether a specifier occurs in comments only, as an example. */
function isInComment(text: string, specifier: string): boolean {
  return !stripComments(text).includes(`'${specifier}'`);
}

function withoutComments(file: string): string {
  return stripComments(readFileSync(join(SOURCE, file), 'utf8')).replace(/'[^'\n]*'|`[^`]*`|"[^"\n]*"/g, '');
}

function stripComments(text: string): string {
  return text.replace(/^\s*(?:\/\*[\s\S]*?\*\/|\/\/.*)/gm, '');
}

/** Every cycle that a depth-first search meets, as a path. */
function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): void => {
    const start = path.indexOf(node);
    if (start >= 0) cycles.push([...path.slice(start), node]);
    if (start >= 0 || done.has(node)) return;
    for (const target of edges.get(node) ?? []) visit(target, [...path, node]);
    done.add(node);
  };
  for (const node of edges.keys()) visit(node, []);
  return cycles;
}
