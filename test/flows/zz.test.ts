import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { FLOW_RULES } from '../fixtures/flow-rules.js';
import { compareFixture } from '../fixtures/scan-fixture.js';

const F = join(import.meta.dirname, '../../fixtures');
it('x', async () => {
  const out: string[] = [];
  const groups: [string, string[]][] = [
    ['flows', readdirSync(join(F, 'flows')).filter((d) => !d.includes('.'))],
    ['rules', [...FLOW_RULES]],
    ['projects', readdirSync(join(F, 'projects'))],
  ];
  for (const [g, names] of groups)
    for (const n of names) {
      if (process.env.ONLY && !`${g}/${n}`.includes(process.env.ONLY)) continue;
      const folder = join(F, g, n);
      try {
        const { reported, expected, result } = await compareFixture(folder);
        const line = (x: string) => {
          const m = /^(.*):(\d+) /.exec(x);
          if (!m) return '';
          const p = join(folder, m[1]!);
          return existsSync(p)
            ? (readFileSync(p, 'utf8').split('\n')[Number(m[2]) - 1] ?? '').trim().slice(0, 110)
            : '';
        };
        for (const x of expected) if (!reported.includes(x)) out.push(`MISS ${g}/${n}/${x}   ${line(x)}`);
        for (const x of reported) if (!expected.includes(x)) out.push(`FALSE ${g}/${n}/${x}   ${line(x)}`);
        for (const d of result.diagnostics)
          if (d.kind !== 'unresolved-import') out.push(`DIAG ${g}/${n} ${d.kind} ${d.file}:${d.line} ${d.message}`);
      } catch (e) {
        out.push(`ERROR ${g}/${n} ${(e as Error).stack}`);
      }
    }
  writeFileSync('/tmp/disagree.txt', out.join('\n'));
}, 300000);
