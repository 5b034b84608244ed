/**
 * Holds the selectors of the models against the typings of the packages that they are about, in the newest version and in the older majors that the
 * models name, so that drift fails loudly. A selector that no package of its file, in no version at hand, knows is reported; packages without types,
 * their own or those of DefinitelyTyped, are named, and so are names that no package has. Packages are installed outside of the project.
 *
 *     npm run build && node scripts/verify-models.mjs [--folder <where to install>] [--each] [--list] [package or model file …]
 *
 * `{a,b}` in a selector counts as there when one of the alternatives is; with `--each`, each has to be. A model file is named as in
 * `models/clients/openai`; without any, all are taken. `--list` names each version that was looked at, and each that ships no types.
 *
 * Exit code 1 where a selector is not found, or a package.
 */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Project } from 'ts-morph';
import { install, installedVersion, unknownTo } from './models/install.mjs';
import { Verifier } from './models/verifier.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = pathToFileURL(join(process.env.SPILLCHECK_DIST ?? join(root, 'dist'), '/')).href;
const { loadKnowledge } = await import(`${dist}knowledge/load.js`);
const { includesMajor } = await import(`${dist}knowledge/majors.js`);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: 'string', default: join(tmpdir(), 'spillcheck-typings') },
    each: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});
/** What was last there in an older minor of a major that is still the newest: versions to look at besides. */
const OLDER = JSON.parse(readFileSync(new URL('models/older-versions.json', import.meta.url), 'utf8'));
const { data } = loadKnowledge(join(root, 'rules'), [], '/dev/null');
const isWanted = (file, name) =>
  positionals.length === 0 || positionals.includes(name) || positionals.includes(file.file.replace('.yaml', ''));

let failures = 0;
let checked = 0;
const typed = new Set();
const untyped = new Set();
const missing = new Set();
const unknown = new Set();
for (const file of data.models) {
  const names = [...new Set(file.packages.map(wholePackage))].filter(
    (name) => !/^\w+:/.test(name) && !builtinModules.includes(name) && !name.startsWith('@/') && isWanted(file, name),
  );
  if (names.length === 0) continue;
  const builtins = file.packages.filter((name) => builtinModules.includes(name));
  const older = names.flatMap((name) => (OLDER[name] ?? []).flatMap((version) => verifiersOf(file, [name], version)));
  const verifiers = [...majorsOf(file).flatMap((major) => verifiersOf(file, names, major)), ...older];
  if (builtins.length > 0) verifiers.push(...runtimeVerifiers(file, builtins));
  // `{a,b}` names what different versions and packages call differently: one of them has to be there.
  const groups = new Map();
  for (const statement of file.statements) {
    const selector = statement.kind === 'call' ? statement.function : statement.value;
    const key = values.each ? statement : `${statement.kind} ${selector.text}`;
    groups.set(key, [...(groups.get(key) ?? []), statement]);
  }
  for (const group of groups.values()) {
    const labels = new Set();
    const problems = group.flatMap((statement) =>
      verifiers
        .filter(({ major }) => includesMajor(statement.majors, major))
        .map((verifier) => {
          labels.add(verifier.label);
          return verifier.problem(statement);
        }),
    );
    if (problems.length === 0) continue;
    checked++;
    if (!problems.every((problem) => problem)) continue;
    failures++;
    console.log(`${file.file}: ${problems[0]} (${[...labels].join(', ')})`);
  }
}
const show = (names) => (values.list && names.size > 0 ? `: ${[...names].sort().join(', ')}` : '');
console.log(`${checked} selectors checked, ${failures} not found`);
console.log(`${typed.size} versions with types${show(typed)}`);
console.log(`${untyped.size} versions without types${show(untyped)}`);
console.log(`${missing.size} versions that could not be had${show(missing)}`);
console.log(
  `${unknown.size} names that no package has${unknown.size > 0 ? `: ${[...unknown].sort().join(', ')}` : ''}`,
);
process.exitCode = failures + unknown.size > 0 ? 1 : 0;

function wholePackage(name) {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The specifiers of a file that belong to a package. */
function specifiersOf(file, name) {
  return file.packages.filter((specifier) => wholePackage(specifier) === name);
}

/** The newest version (undefined), and for each range that a statement names the newest major in it, where that is an older one. */
function majorsOf(file) {
  const majors = new Set([undefined]);
  for (const { majors: ranges } of file.statements)
    for (const [low, high] of ranges ?? []) {
      if (high < Number.MAX_SAFE_INTEGER) majors.add(high);
      else if (low > 1) majors.add(low - 1);
    }
  return [...majors];
}

/** What else of a package can be imported: models say of a package what they say of its submodules. */
function submodulesOf(folder, name) {
  const { exports = {} } = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
  if (typeof exports === 'string' || Array.isArray(exports)) return [name];
  const keys = Object.keys(exports).filter((key) => key.startsWith('./') && !/[*]|\.\w+$/.test(key));
  return [name, ...keys.map((key) => `${name}${key.slice(1)}`)];
}

/** A verifier for the modules of Node of which a file speaks beside packages. */
function runtimeVerifiers(file, builtins) {
  const folder = join(values.folder, 'node');
  install(folder, ['@types/node']);
  const project = newProject({ types: ['node'], typeRoots: [join(folder, 'node_modules/@types')] });
  const lines = builtins.map((name, i) => `import * as library${i} from 'node:${name}';`);
  const probes = builtins.map((_, i) => `export const probe${i} = library${i};`);
  const source = project.createSourceFile(join(folder, 'probe.mts'), [...lines, ...probes, ''].join('\n'));
  return [new Verifier(source, file, undefined, 'Node', includesMajor)].filter(({ isTyped }) => isTyped);
}

function newProject(options) {
  return new Project({
    compilerOptions: {
      module: 199,
      moduleResolution: 99,
      target: 99,
      strict: true,
      skipLibCheck: true,
      esModuleInterop: true,
      types: [],
      lib: ['lib.esnext.d.ts', 'lib.dom.d.ts'],
      ...options,
    },
    skipAddingFilesFromTsConfig: true,
  });
}

/** A verifier for each package of a file that has types, in one major or version. */
function verifiersOf(file, names, version) {
  const stem = file.file.replace('.yaml', '').replaceAll('/', '-');
  const folder = join(values.folder, `${stem}@${version ?? 'latest'}`);
  const there = install(folder, names, version);
  const project = newProject({});
  for (const name of names)
    if (unknownTo(folder).has(name)) unknown.add(name);
    else if (!there.includes(name)) missing.add(`${name}@${version ?? 'latest'}`);
  return there.flatMap((name) => {
    const exact = installedVersion(folder, name);
    const own = Number(exact.split('.')[0]);
    const label = `${name}@${typeof version === 'string' ? exact : own}`;
    const at = join(folder, `probe-${name.replaceAll('/', '__')}.mts`);
    const specifiers = [...new Set([...specifiersOf(file, name), ...submodulesOf(folder, name)])];
    const imports = specifiers.map((specifier, i) => `import * as library${i} from '${specifier}';`);
    const probes = specifiers.map((_, i) => `export const probe${i} = library${i};`);
    const source = project.createSourceFile(at, [...imports, ...probes, ''].join('\n'), { overwrite: true });
    const found = [new Verifier(source, file, own, label, includesMajor)].filter(({ isTyped }) => isTyped);
    (found.length > 0 ? typed : untyped).add(label);
    return found;
  });
}
