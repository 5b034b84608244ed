/**
 * Writes `fixtures/models` and `docs/models.md` from the models. For each package, and for each range of majors that its models tell apart, a small
 * program is written for each column of the table, and scanned: a column holds only where the scan reports the program's line.
 * Needs a build: `npm run build && node scripts/write-models.mjs`.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { COLUMNS, cellsOf } from './models/cells.mjs';
import { modelsTable, readFixtures } from './models/models-table.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = pathToFileURL(join(process.env.SPILLCHECK_DIST ?? join(root, 'dist'), '/')).href;
const { loadKnowledge } = await import(`${dist}knowledge/load.js`);
const { includesMajor } = await import(`${dist}knowledge/majors.js`);
const { scan } = await import(`${dist}scan.js`);
const FOLDERS = /^models\/(?:clients|frameworks|telemetry|storage\/vectors)/;
const CANDIDATES = 5;
const RULES = ['secret-to-model', 'secret-to-telemetry', 'completion-to-log', 'tool-shell-access'];

const { data } = loadKnowledge(join(root, 'rules'), [], '/dev/null');
const cases = merged(data.models.filter(({ file }) => FOLDERS.test(file)).flatMap(casesOf));
const scratch = mkdtempSync(join(tmpdir(), 'models-'));
for (const each of cases) writeCase(scratch, each, each.candidates);
const proved = await reportedLines(scratch);
rmSync(scratch, { recursive: true });

const target = join(root, 'fixtures/models');
rmSync(target, { recursive: true, force: true });
const kept = [];
for (const each of cases) {
  const chosen = COLUMNS.flatMap((column) => {
    const found = each.candidates.find((cell, i) => cell.column === column && proved.has(`${each.folder} ${i}`));
    if (!found && each.candidates.some((cell) => cell.column === column))
      console.log(`not proved: ${each.folder} ${column}`);
    return found ? [found] : [];
  });
  if (chosen.length === 0) continue;
  writeCase(target, each, chosen, true);
  kept.push(each.folder);
}
writeFileSync(join(target, 'fixture.json'), `${JSON.stringify({ profile: 'strict', rules: RULES }, null, 2)}\n`);
const fixtures = readFixtures(kept, (path) => readFileSync(join(target, path), 'utf8'));
writeFileSync(join(root, 'docs/models.md'), modelsTable(fixtures));
console.log(`${kept.length} fixtures`);

/** One case for each package of a model file, and each range of majors that its statements tell apart. */
function casesOf(file) {
  const own = file.packages.filter((name) => !builtinModules.includes(name) && isWholePackage(name, file.packages));
  const bounds = new Set([0]);
  for (const { majors } of file.statements)
    for (const [low, high] of majors ?? []) {
      bounds.add(low);
      if (high < Number.MAX_SAFE_INTEGER) bounds.add(high + 1);
    }
  const starts = [...bounds].sort((a, b) => a - b);
  return own.flatMap((name) =>
    starts.map((low, i) => {
      const next = starts[i + 1];
      const major = next === undefined ? Math.max(low, 1) : next - 1;
      const statements = file.statements.filter(({ majors }) => includesMajor(majors, major));
      const aliases = new Map();
      for (const statement of statements)
        if (statement.kind === 'type')
          aliases.set(statement.alias, [...(aliases.get(statement.alias) ?? []), statement.value]);
      const majors =
        starts.length === 1
          ? 'all'
          : next === undefined
            ? `≥ ${low}`
            : low === 0
              ? `< ${next}`
              : low === next - 1
                ? `${low}`
                : `${low}–${next - 1}`;
      const folder = `${name.replaceAll('/', '__')}${starts.length === 1 ? '' : `@${major}`}`;
      return {
        folder,
        name,
        major: starts.length === 1 ? undefined : major,
        majors,
        candidates: candidatesOf(statements, aliases),
      };
    }),
  );
}

/** What several files say of one package stands in one case. */
function merged(all) {
  const byFolder = new Map();
  for (const each of all) {
    const first = byFolder.get(each.folder);
    if (first) first.candidates.push(...each.candidates);
    else byFolder.set(each.folder, each);
  }
  return [...byFolder.values()];
}

/** A subpath is left out where its package is there. */
function isWholePackage(name, all) {
  const parts = name.split('/');
  const whole = parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
  return whole === name || !all.includes(whole);
}

function candidatesOf(statements, aliases) {
  const counts = new Map();
  const seen = new Set();
  const result = [];
  for (const cell of cellsOf(statements, aliases)) {
    const count = counts.get(cell.column) ?? 0;
    const key = cell.column + cell.body.join('\n');
    if (count >= CANDIDATES || seen.has(key)) continue;
    seen.add(key);
    counts.set(cell.column, count + 1);
    result.push(cell);
  }
  return result;
}

function writeCase(base, { folder, name, major, majors }, cells, final = false) {
  const at = join(base, folder);
  mkdirSync(at, { recursive: true });
  const text = cells
    .map((cell, i) => {
      const lines = cell.body.join('\n').replace(' @', final ? ` // expect ${cell.rule}` : ` // cell ${i}`);
      return `export async function ${final ? cell.column : `cell${i}`}() {\n  ${lines.replaceAll('\n', '\n  ').replaceAll('\n      ', '\n    ').replaceAll('\n    })', '\n  })')}\n}\n`;
    })
    .join('\n');
  const tools = text.includes('exec(') ? "import { exec } from 'node:child_process';\n" : '';
  writeFileSync(join(at, 'sample.mjs'), `${tools}import * as library from '${name}';\n\n${text}`);
  const version = major === undefined ? '*' : `${major}.0.0`;
  writeFileSync(
    join(at, 'package.json'),
    `${JSON.stringify({ private: true, type: 'module', spillcheck: { majors }, dependencies: { [name]: version } }, null, 2)}\n`,
  );
}

/** `folder number` of each cell whose line was reported under its rule. */
async function reportedLines(base) {
  const result = await scan({ root: base, paths: [], exclude: [], profile: 'strict', rules: RULES, jobs: 1 });
  const proved = new Set();
  for (const { location, ruleId } of result.findings) {
    const text = readFileSync(join(base, location.file), 'utf8');
    const end = text.indexOf('\n', location.start);
    const number = /\/\/ cell (\d+)$/.exec(text.slice(0, end < 0 ? undefined : end))?.[1];
    const folder = location.file.split('/')[0];
    const cell = cases.find((each) => each.folder === folder)?.candidates[Number(number)];
    if (cell?.rule === ruleId) proved.add(`${folder} ${number}`);
  }
  return proved;
}
