/**
 * Holds the selectors of the models against the typings of the packages that they are about, in the newest version and in the older majors that the
 * models name, so that drift fails loudly. A selector that no package of its file, in no version at hand, knows is reported; packages without types
 * are named. Packages are installed outside of the project.
 *
 *     npm run build && node scripts/verify-models.mjs [--folder <where to install>] [--each] [package …]
 *
 * `{a,b}` in a selector counts as there when one of the alternatives is; with `--each`, each has to be.
 *
 * Exit code 1 where a selector is not found.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Project } from 'ts-morph';
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
  },
});
const { data } = loadKnowledge(join(root, 'rules'), [], '/dev/null');
const files = data.models.filter(
  ({ packages }) =>
    packages.length > 0 && (positionals.length === 0 || packages.some((name) => positionals.includes(name))),
);
mkdirSync(values.folder, { recursive: true });

let failures = 0;
let checked = 0;
const untyped = [];
for (const file of files) {
  const names = [...new Set(file.packages.map(wholePackage))].filter(
    (name) =>
      !builtinModules.includes(name) &&
      !name.startsWith('@/') &&
      (positionals.length === 0 || positionals.includes(name)),
  );
  const versions = names.flatMap((name) =>
    majorsOf(file, name).map((major) => ({ name, major, folder: install(name, major) })),
  );
  // The newest version is of some major too.
  const installed = versions
    .filter(({ folder }) => folder)
    .map(({ name, major, folder }) => ({ name, folder, major: major ?? installedMajor(folder, name) }));
  if (installed.length === 0) continue;
  const verifiers = installed.flatMap(({ name, major, folder }) => {
    const all = specifiersOf(file, name).map((specifier) => verifierOf(folder, specifier, file, major));
    const typed = all.filter(({ isTyped }) => isTyped);
    if (typed.length === 0) untyped.push(`${name}@${major ?? 'latest'}`);
    return typed;
  });
  if (verifiers.length === 0) continue;
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
console.log(
  `${checked} selectors checked, ${failures} not found; without types: ${[...new Set(untyped)].join(', ') || 'none'}`,
);
process.exitCode = failures > 0 ? 1 : 0;

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

function installedMajor(folder, name) {
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
  return Number(version.split('.')[0]);
}

/** Installs a version into a folder of its own, and returns that; undefined where the registry has none. */
function install(name, major) {
  const folder = join(values.folder, `${name.replaceAll('/', '__')}@${major ?? 'latest'}`);
  if (existsSync(join(folder, 'node_modules', name))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', '--no-package-lock'];
  try {
    execFileSync('npm', ['install', ...options, `${name}@${major ?? 'latest'}`], { cwd: folder, stdio: 'pipe' });
    return folder;
  } catch {
    console.log(`not installed: ${name}@${major ?? 'latest'}`);
    return undefined;
  }
}

function verifierOf(folder, specifier, file, major) {
  const project = new Project({
    compilerOptions: {
      module: 199,
      moduleResolution: 99,
      target: 99,
      strict: true,
      skipLibCheck: true,
      esModuleInterop: true,
      types: [],
      lib: ['lib.esnext.d.ts', 'lib.dom.d.ts'],
    },
    skipAddingFilesFromTsConfig: true,
  });
  const source = project.createSourceFile(
    join(folder, 'probe.mts'),
    `import * as library from '${specifier}';\nexport const probe = library;\n`,
    { overwrite: true },
  );
  return new Verifier(source, file, major, `${specifier}@${major ?? 'latest'}`, includesMajor);
}
