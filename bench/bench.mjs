#!/usr/bin/env node
/**
 * `npm run bench -- [--runs N] [--jobs N] DIR…`: what a scan costs beside what merely parsing the same files costs.
 *
 * Every figure is that of a whole process (start-up included), and the median of several runs; the kinds of runs take turns, so that a
 * machine that changes its speed changes it for all. Rows that need a cache are left out while there is none.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chooseEdits } from './edits.mjs';
import { listSources } from './sources.mjs';
import { median, table } from './table.mjs';

const BIN = resolve(import.meta.dirname, '../bin/spillcheck.js');
const MEASURE = resolve(import.meta.dirname, 'measure.mjs');
const PARSE = resolve(import.meta.dirname, 'parse.mjs');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
});
const runs = Number(values.runs);
const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
const hasCache = run([BIN, 'scan', '--help']).output.includes('--cache-dir');

try {
  if (positionals.length === 0) throw new Error('usage: npm run bench -- [--runs N] [--jobs N] DIR…');
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, ${values.jobs} jobs, medians of ${runs} runs\n`,
  );
  startUp();
  for (const folder of positionals) bench(resolve(folder));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function startUp() {
  const kinds = { 'node -e 0': () => run(['-e', '0']), 'spillcheck --help': () => run([BIN, '--help']) };
  print('start-up', kinds, 'node -e 0');
}

function bench(folder) {
  const { files, lines } = listSources(folder);
  const list = join(scratch, 'files.json');
  writeFileSync(list, JSON.stringify(files));
  const cold = join(scratch, 'cold');
  const warm = join(scratch, 'warm');
  const kinds = {
    'bare parse': () => run([PARSE, folder, list]),
    'cold scan': () => {
      rmSync(cold, { recursive: true, force: true });
      return scan(folder, cold);
    },
  };
  if (hasCache) {
    scan(folder, warm);
    kinds['warm scan'] = () => scan(folder, warm);
    Object.assign(kinds, editedScans(folder, files));
  }
  print(`${basename(folder)}: ${files.length} files, ${lines} lines`, kinds, 'bare parse', lines);
  for (const path of [list, cold, warm]) rmSync(path, { recursive: true, force: true });
}

/** Warm scans of a copy in which one file has been edited since the last scan. */
function editedScans(folder, files) {
  const copy = join(scratch, 'copy');
  const cache = join(scratch, 'copy-cache');
  cpSync(folder, copy, { recursive: true, filter: (path) => !/[\\/](?:\.git|node_modules)$/.test(path) });
  const { leaf, hub } = chooseEdits(copy, files);
  scan(copy, cache);
  let edits = 0;
  const edited = (file) => () => {
    edits += 1;
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, `${text}\nexport const edited${edits} = ${edits};\n`);
    const measured = scan(copy, cache);
    writeFileSync(path, text);
    return measured;
  };
  return { 'warm, a leaf edited': edited(leaf), 'warm, the most imported file edited': edited(hub) };
}

function scan(folder, cache) {
  const flags = ['--format', 'json', '--fail-on', 'never', '--quiet', '--jobs', values.jobs];
  return run([BIN, 'scan', folder, ...flags, ...(hasCache ? ['--cache-dir', cache] : [])]);
}

/** Runs Node with arguments; seconds, megabytes. */
function run(args) {
  const report = join(scratch, 'report.json');
  rmSync(report, { force: true });
  const started = performance.now();
  const child = spawnSync(process.execPath, ['--import', MEASURE, ...args], {
    encoding: 'utf8',
    env: { ...process.env, BENCH_REPORT: report, NO_COLOR: '1' },
    maxBuffer: 2 ** 30,
  });
  const wall = (performance.now() - started) / 1_000;
  if (child.status !== 0)
    throw new Error(`${args.join(' ')} ended with ${child.status ?? child.signal}\n${child.stderr}`);
  const usage = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { cpu: 0, peak: 0 };
  return { wall, cpu: usage.cpu, peak: usage.peak, output: child.stdout };
}

function print(title, kinds, reference, lines) {
  const names = Object.keys(kinds);
  kinds[reference]();
  const measured = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < runs; round++) {
    for (const name of names) measured.get(name).push(kinds[name]());
  }
  const middle = (name, figure) => median(measured.get(name).map((each) => each[figure]));
  const rows = names.map((name) => {
    const wall = middle(name, 'wall');
    const perLine = lines ? [((wall * 1e6) / lines).toFixed(2)] : [];
    const ratio = (wall / middle(reference, 'wall')).toFixed(2);
    return [name, wall.toFixed(2), ratio, middle(name, 'cpu').toFixed(2), middle(name, 'peak').toFixed(0), ...perLine];
  });
  const head = ['', 'seconds', `× ${reference}`, 'CPU seconds', 'peak MB', ...(lines ? ['µs a line'] : [])];
  console.log(`${title}\n\n${table(head, rows)}\n`);
}
