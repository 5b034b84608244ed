/**
 * `npm run programs -- --count 10000 --seed 1 [--slice 2000] [--examples 3]`: random programs are generated, run and scanned, and a table says by
 * feature how many of the leaking sinks the scan missed and how many of the silent ones it flagged. They are made in slices, one seed each: SEED,
 * SEED + 1, … The same as `test/flows/agreement.test.ts`, which CI runs with fewer and which judges.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    slice: { type: 'string', default: '2000' },
    examples: { type: 'string', default: '3' },
  },
});
const [count, seed, slice] = [values.count, values.seed, values.slice].map(Number);

const folder = mkdtempSync(join(tmpdir(), 'programs-'));
const totals = { leaking: 0, missed: 0, silent: 0, flagged: 0 };
const features = new Map();
const examples = [];
try {
  for (let done = 0, at = seed; done < count; done += slice, at += 1) {
    const result = runSlice(Math.min(slice, count - done), at);
    add(totals, result);
    for (const [name, counts] of Object.entries(result.features)) {
      if (!features.has(name)) features.set(name, { leaking: 0, missed: 0, silent: 0, flagged: 0 });
      add(features.get(name), counts);
    }
    examples.push(...result.examples);
    const { leaking, missed, silent, flagged } = result;
    console.error(
      `seed ${at}: ${result.programs} programs, ${missed} of ${leaking} missed, ${flagged} of ${silent} flagged`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${count} programs, seeds ${seed} to ${seed + Math.ceil(count / slice) - 1}, ${slice} each\n`);
console.log(['| feature | leaking | missed | silent | flagged |', '|---|---:|---:|---:|---:|'].join('\n'));
for (const [name, counts] of [...features].sort(([left], [right]) => (left < right ? -1 : 1)))
  console.log(row(name, counts));
console.log(row('**each sink once**', totals));
console.log(`\nmissed ${share(totals.missed, totals.leaking)}, flagged ${share(totals.flagged, totals.silent)}`);
if (examples.length > 0) console.log(`\n${examples.join('\n\n')}`);

function runSlice(programs, at) {
  const table = join(folder, `${at}.json`);
  const env = { ...process.env, SPILL_PROGRAMS: `${programs}`, SPILL_SEED: `${at}`, SPILL_TABLE: table };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', 'test/flows/agreement.test.ts'],
    { cwd: ROOT, env: { ...env, SPILL_EXAMPLES: values.examples }, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the slice with seed ${at} failed:\n${stdout}\n${stderr}`);
  return JSON.parse(readFileSync(table, 'utf8'));
}

function add(sum, counts) {
  for (const key of ['leaking', 'missed', 'silent', 'flagged']) sum[key] += counts[key];
}

function row(name, { leaking, missed, silent, flagged }) {
  return `| ${name} | ${leaking} | ${missed} | ${silent} | ${flagged} |`;
}

function share(part, whole) {
  return `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
}
