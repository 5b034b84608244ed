import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from 'sarif';

/**
 * What Microsoft's SARIF Multitool finds wrong with reports: every error and warning of its general rules and of those for code scanning,
 * as `file: rule: message`. Notes are advice that contradicts the size limits (snippets, message ids) and are left out.
 *
 * @param reports texts by name
 */
export function validateSarif(reports: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'spillcheck-sarif-'));
  try {
    const files = Object.entries(reports).map(([name, text]) => {
      const file = join(folder, `${name}.sarif`);
      writeFileSync(file, text);
      return file;
    });
    const output = join(folder, 'validation.sarif');
    const binary = createRequire(import.meta.url)('@microsoft/sarif-multitool') as string;
    // The package asks npm to do this after installing, which newer versions of npm do not do unasked.
    chmodSync(binary, 0o755);
    const kinds = ['--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning;Note'];
    const options = [...kinds, '--max-file-size-in-kb', '1000000', '--output', output];
    execFileSync(binary, ['validate', ...files, ...options], {
      // without it the tool needs libraries for languages that slim machines do not have
      env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const { runs } = JSON.parse(readFileSync(output, 'utf8')) as Log;
    const results = runs[0]?.results;
    if (!results || results.length === 0) throw new Error('the validator did not run: it finds notes in every report');
    return results
      .filter((result) => result.level !== 'note')
      .map((result) => {
        const file = result.locations?.[0]?.physicalLocation?.artifactLocation?.uri?.split('/').at(-1);
        return `${file}: ${result.ruleId}: ${result.message.arguments?.join(' ')}`;
      });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
