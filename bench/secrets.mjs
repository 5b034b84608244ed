#!/usr/bin/env node
/**
 * `node bench/secrets.mjs [options] TREE…`: the search for credentials beside gitleaks and secretlint, in one run.
 *
 *   --cases FILE       JSON lines `{ "text", "path", "rule", "tp" }`: inputs of a tool's own tests, `tp` for those that it must find.
 *                      gitleaks' rules hold theirs in Go: a line in its `utils.Validate` that appends each to a file writes them out.
 *   --snapshots DIR    a checkout of secretlint: its rules' `test/snapshots/{ng,ok}*` are cases as they are
 *   --truth FILE       JSON lines `{ "tree", "file", "line", "secret" }`: what people have judged findings in trees to be
 *   --runs N           also time each tool on each tree, N runs in turn, medians of the time of the processor and by the clock
 *   --limit SECONDS    of the processor, after which a tool is cut off (900); what it took until then is a lower bound
 *   --spillcheck FILE  another `bin/spillcheck.js`
 *   --list             print what each tool misses or flags, by rule, file and line; never a value
 *
 * The others are looked up on the PATH; one that is not there is left out. Nothing of theirs is part of this repository.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { median, table } from './table.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', multiple: true, default: [] },
    snapshots: { type: 'string' },
    truth: { type: 'string' },
    runs: { type: 'string', default: '0' },
    limit: { type: 'string', default: '900' },
    spillcheck: { type: 'string', default: resolve(import.meta.dirname, '../bin/spillcheck.js') },
    list: { type: 'boolean', default: false },
  },
});
const HUGE = 1 << 30;
const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'bench-'));
const report = join(scratch, 'report.json');
const usage = join(scratch, 'usage');
const secretlint = find('secretlint');
const gitleaks = find('gitleaks');
const RULES = join(scratch, 'secretlintrc.json');

/** Each runs over a folder and yields the places that it flags, `file:line`. */
const TOOLS = {
  spillcheck: (folder) => spillcheck(folder, 'recommended'),
  'spillcheck strict': (folder) => spillcheck(folder, 'strict'),
  ...(gitleaks && { gitleaks: runGitleaks }),
  ...(secretlint && { secretlint: runSecretlint }),
};

try {
  writeFileSync(RULES, JSON.stringify({ rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] }));
  for (const file of values.cases) compareCases(basename(file), readLines(file));
  if (values.snapshots) compareCases('snapshots of secretlint', readSnapshots(values.snapshots));
  if (positionals.length > 0) compareTrees(positionals.map((folder) => resolve(folder)));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function compareCases(title, cases) {
  const folder = join(scratch, 'cases');
  rmSync(folder, { recursive: true, force: true });
  const names = cases.map(({ path, text }, index) => {
    const name = join(String(index).padStart(5, '0'), path || 'settings');
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
    return name;
  });
  const positives = cases.filter(({ tp }) => tp).length;
  const rows = Object.entries(TOOLS).map(([tool, search]) => {
    const flagged = new Set([...search(folder)].map((place) => place.replace(/:\d+$/, '')));
    const is = (positive) =>
      cases.flatMap(({ tp }, i) => (tp === positive && flagged.has(names[i]) === !positive ? [i] : []));
    const [missed, wrong] = [is(true), is(false)];
    if (values.list) printByRule(`${tool} misses`, missed, cases);
    if (values.list) printByRule(`${tool} flags`, wrong, cases);
    const found = positives - missed.length;
    return [tool, found, missed.length, percent(found, positives), wrong.length].map(String);
  });
  console.log(`\n${title}: ${positives} inputs with a secret, ${cases.length - positives} without\n`);
  console.log(table(['tool', 'found', 'missed', 'recall', 'false'], rows));
}

function printByRule(title, indices, cases) {
  const rules = new Map();
  for (const i of indices) rules.set(cases[i].rule, (rules.get(cases[i].rule) ?? 0) + 1);
  console.log(`${title}: ${[...rules].map(([rule, count]) => `${rule} ${count}`).join(', ') || 'nothing'}`);
}

function compareTrees(folders) {
  const truth = new Map(
    (values.truth ? readLines(values.truth) : []).map(({ tree, file, line, secret }) => [
      `${tree}/${file}:${line}`,
      secret,
    ]),
  );
  const found = new Map(Object.keys(TOOLS).map((tool) => [tool, new Set()]));
  const times = new Map(Object.keys(TOOLS).map((tool) => [tool, new Map()]));
  for (const folder of folders) {
    for (let run = 0; run < Math.max(1, Number(values.runs)); run++) {
      for (const [tool, search] of Object.entries(TOOLS)) {
        const start = performance.now();
        for (const place of search(folder)) found.get(tool).add(`${basename(folder)}/${place}`);
        const known = times.get(tool);
        const taken = { clock: (performance.now() - start) / 1000, ...readUsage() };
        known.set(folder, [...(known.get(folder) ?? []), taken]);
        console.error(`${basename(folder)} ${tool} ${JSON.stringify(taken)}`);
      }
    }
  }
  const all = new Set([...found.values()].flatMap((places) => [...places]));
  const secrets = [...all].filter((place) => isJudged(truth, place, true)).length;
  console.log(
    `\n${folders.length} trees; ${all.size} places flagged by any tool, ${secrets} of them judged to be secrets\n`,
  );
  const rows = [...found].map(([tool, places]) => {
    const right = [...places].filter((place) => isJudged(truth, place, true)).length;
    const wrong = [...places].filter((place) => isJudged(truth, place, false)).length;
    return [tool, places.size, right, secrets - right, wrong, places.size - right - wrong].map(String);
  });
  console.log(table(['tool', 'flagged', 'secrets', 'missed', 'false', 'not judged'], rows));
  if (values.list) {
    for (const place of [...all].sort()) {
      const tools = [...found].filter(([, places]) => places.has(place)).map(([tool]) => tool);
      const judged = [...truth.entries()].find(([key]) => key === place)?.[1];
      console.log(`${place}\t${tools.join(', ')}\t${judged ?? ''}`);
    }
  }
  if (Number(values.runs) > 0) {
    printTimes(times, folders, 'processor', 'Seconds of the processor');
    printTimes(times, folders, 'clock', 'Seconds by the clock');
  }
}

/** Medians; a tool that was cut off took longer than what is told. */
function printTimes(times, folders, field, title) {
  const typical = (taken) => median(taken.map((each) => each[field]));
  const own = times.get('spillcheck');
  console.log(`\n${title}, medians of ${values.runs} runs in turn, whole processes; in brackets, against spillcheck\n`);
  const rows = [...times].map(([tool, known]) => [
    tool,
    ...folders.map((folder) => {
      const over = known.get(folder).some(({ cut }) => cut) ? 'over ' : '';
      const seconds = typical(known.get(folder));
      return `${over}${seconds.toFixed(2)} (${(seconds / typical(own.get(folder))).toFixed(1)})`;
    }),
  ]);
  console.log(table(['seconds', ...folders.map((folder) => basename(folder))], rows));
}

/** Tools differ by a line in where a finding stands. */
function isJudged(truth, place, verdict) {
  const [, file, line] = /^(.*):(\d+)$/.exec(place);
  return (
    [0, -1, 1].map((offset) => truth.get(`${file}:${Number(line) + offset}`)).find((each) => each !== undefined) ===
    verdict
  );
}

function spillcheck(folder, profile) {
  const options = ['--profile', profile, '--no-config', '--no-baseline', '--format', 'json', '--output', report];
  run(process.execPath, [values.spillcheck, 'secrets', folder, ...options], folder);
  return placesOf((result) => result.findings.map(({ location }) => [location.file, location.start.line]));
}

function runGitleaks(folder) {
  run(
    gitleaks,
    ['dir', '--no-banner', '--exit-code', '0', '--report-format', 'json', '--report-path', report, folder],
    folder,
  );
  return placesOf((hits) => hits.map(({ File, StartLine }) => [relative(folder, File), StartLine]));
}

/** It looks for its rules beside the working directory, so it is run where it is installed. */
function runSecretlint(folder) {
  const home = dirname(dirname(dirname(secretlint)));
  const cwd = existsSync(join(home, 'node_modules')) ? home : folder;
  run(secretlint, ['--secretlintrc', RULES, '--format', 'json', '--output', report, `${folder}/**/*`], cwd);
  return placesOf((files) =>
    files.flatMap(({ filePath, messages }) => messages.map(({ loc }) => [relative(folder, filePath), loc.start.line])),
  );
}

function placesOf(read) {
  const places = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : [];
  rmSync(report, { force: true });
  return new Set(places.map(([file, line]) => `${file}:${line}`));
}

function run(command, args, cwd) {
  const timed = ['-f', '%U %S', '-o', usage, 'sh', '-c', `ulimit -t ${Number(values.limit)}; exec "$0" "$@"`];
  const options = { cwd, maxBuffer: HUGE, stdio: ['ignore', 'ignore', 'ignore'] };
  const { error } = spawnSync('/usr/bin/time', [...timed, command, ...args], options);
  if (error) throw error;
}

/** Seconds of the processor that the last tool took, and whether it was cut off. */
function readUsage() {
  const lines = readFileSync(usage, 'utf8').trim().split('\n');
  const processor = lines
    .at(-1)
    .split(' ')
    .reduce((sum, each) => sum + Number(each), 0);
  return { processor, cut: lines.some((line) => line.includes('terminated by signal')) };
}

function find(name) {
  return process.env.PATH.split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

function readLines(file) {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function readSnapshots(checkout) {
  const packages = join(checkout, 'packages/@secretlint');
  return readdirSync(packages).flatMap((rule) => {
    const folder = join(packages, rule, 'test/snapshots');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).flatMap((name) => {
      const kind = /^(ng|ok)/.exec(name)?.[1];
      const input = kind && readdirSync(join(folder, name)).find((file) => /^input|^\.env/.test(file));
      if (!input) return [];
      const text = readFileSync(join(folder, name, input));
      return [{ rule: `${rule}/${name}`, path: input.replace(/^input/, 'settings'), text, tp: kind === 'ng' }];
    });
  });
}

function percent(part, whole) {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}
