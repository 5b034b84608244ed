import { ExitCode, type Io } from './io.js';
import type { Services } from './services.js';

/** `spillcheck rules`: a table of all rules. */
export async function rulesCommand(io: Io, services: Services): Promise<ExitCode> {
  const rules = await services.loadRules();
  const rows = [
    ['rule', 'level', 'profile', 'cwe', 'owasp', 'what it reports'],
    ...rules.map((rule) => [rule.id, rule.level, rule.profile, `CWE-${rule.cwe}`, rule.owasp, rule.shortDescription]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) {
    const cells = row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!)));
    io.stdout.write(`${cells.join('  ')}\n`);
  }
  return ExitCode.Clean;
}
