import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OPTIONS = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', '--no-package-lock'];
/** How many earlier versions are tried where one cannot be had, because what it needs is not there. */
const EARLIER = 5;

/**
 * Installs what there is of some packages into a folder of their own, in one major or version or the newest, with the types of DefinitelyTyped
 * beside those that bring none, and returns which came.
 */
export function install(folder, names, version = 'latest') {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'package.json'))) writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const isOut = (name) => isThere(folder, name) || noted(folder, 'refused').has(name) || unknownTo(folder).has(name);
  const wanted = names.filter((name) => !isOut(name));
  if (wanted.length > 0 && !add(folder, wanted, version)) for (const name of wanted) installOne(folder, name, version);
  const there = names.filter((name) => isThere(folder, name));
  for (const name of there.filter((name) => !hasTypes(folder, name))) {
    const types = `@types/${name.replace('@', '').replace('/', '__')}`;
    if (!isThere(folder, types) && !noted(folder, 'refused').has(types) && !add(folder, [types], 'latest'))
      note(folder, 'refused', types);
  }
  return there;
}

/** The version of what was installed. */
export function installedVersion(folder, name) {
  return manifest(folder, name).version ?? '0.0.0';
}

/** Names that the registry does not know at all. */
export function unknownTo(folder) {
  return noted(folder, 'unknown');
}

function installOne(folder, name, version) {
  if (add(folder, [name], version)) return;
  const all = versionsOf(name);
  if (!all) return note(folder, 'unknown', name);
  const before = all.filter(
    (each) => /^[\d.]+$/.test(each) && (version === 'latest' || each.startsWith(`${version}.`)),
  );
  for (const earlier of before.slice(-EARLIER).reverse()) if (add(folder, [name], earlier)) return;
  note(folder, 'refused', name);
}

function add(folder, names, version) {
  try {
    execFileSync('npm', ['install', ...OPTIONS, ...names.map((name) => `${name}@${version}`)], {
      cwd: folder,
      stdio: 'pipe',
    });
    return true;
  } catch {
    return false;
  }
}

/** In the order of time; undefined where there is no such package, empty where the registry does not answer. */
function versionsOf(name) {
  try {
    return [JSON.parse(execFileSync('npm', ['view', name, 'versions', '--json'], { stdio: 'pipe' }))].flat();
  } catch (error) {
    return String(error.stderr).includes('E404') ? undefined : [];
  }
}

function isThere(folder, name) {
  return existsSync(join(folder, 'node_modules', name, 'package.json'));
}

function hasTypes(folder, name) {
  const { types, typings, exports } = manifest(folder, name);
  const isBeside = existsSync(join(folder, 'node_modules', name, 'index.d.ts'));
  return isBeside || types !== undefined || typings !== undefined || JSON.stringify(exports ?? {}).includes('.d.');
}

function manifest(folder, name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
}

/** What the registry was asked for in vain is kept beside what was installed, so that it is not asked again. */
function noted(folder, list) {
  const path = join(folder, `${list}.json`);
  return new Set(existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : []);
}

function note(folder, list, name) {
  writeFileSync(join(folder, `${list}.json`), JSON.stringify([...noted(folder, list), name]));
}
