import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainText } from './terminal-picture.mjs';

/** The finding that the picture shows: in which file, of which rule. */
const SHOWN = { file: 'packages/llm/src/chat-model.ts', rule: 'personal-data-to-model' };

/**
 * Scans a copy of the support desk, without the marks that its tests need, and cuts the report down to one finding and the summary.
 *
 * @param {string} root of this repository, built
 * @returns {{ lines: string[], report: string[] }} the lines of the picture, and all that the report has, both with escape sequences
 */
export function firstScan(root) {
  const folder = mkdtempSync(join(tmpdir(), 'support-desk-'));
  try {
    cpSync(join(root, 'fixtures/projects/support-desk'), folder, { recursive: true });
    for (const name of ['expected.json', 'fixture.json']) rmSync(join(folder, name), { force: true });
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const file = join(folder, path);
      if (!statSync(file).isFile() || !/\.(?:[cm]?[jt]sx?|json|ya?ml)$/.test(path)) continue;
      const text = readFileSync(file, 'utf8');
      const clean = text.replace(/[ \t]*\/\/ expect [a-z, -]+$/gm, '');
      if (clean !== text) writeFileSync(file, clean);
    }
    execFileSync('git', ['init', '--quiet', folder]);
    const { stdout } = spawnSync(process.execPath, [join(root, 'bin/spillcheck.js'), '--no-cache'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: '1', NO_COLOR: '' },
      maxBuffer: 1e8,
    });
    const report = stdout.split('\n');
    return { lines: ['$ npx spillcheck', '⋮', ...cut(report)], report };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function cut(report) {
  const plain = report.map(plainText);
  const file = plain.indexOf(SHOWN.file);
  const start = plain.findIndex((line, index) => index > file && line.includes(`  ${SHOWN.rule}  `));
  if (file < 0 || start < 0) throw new Error(`the report has no ${SHOWN.rule} in ${SHOWN.file}`);
  const end = plain.findIndex((line, index) => index > start && line.startsWith('  What to do')) + 1;
  const last = plain[end] !== '' && plain[end].startsWith('    ') ? end + 1 : end;
  const summary = plain.findIndex((line) => line.startsWith('Found '));
  return [report[file], '', ...report.slice(start, last), '⋮', ...report.slice(summary, summary + 3)];
}
