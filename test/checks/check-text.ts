import { join } from 'node:path';
import { type CheckOptions, checkFile } from '../../src/checks/check-file.js';
import { loadChecks } from '../../src/checks/schema/load-checks.js';
import type { Diagnostic } from '../../src/core/diagnostic.js';
import type { Finding } from '../../src/core/finding.js';
import { LineIndex } from '../../src/core/span.js';

const CHECKS = loadChecks(join(import.meta.dirname, '../../rules'));

export interface Checked {
  readonly findings: readonly Finding[];
  /** `line rule`, in order of the text. */
  readonly lines: string[];
  /** `line:column rule text`, the text being what the location covers. */
  readonly places: string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs our own checks on a text. */
export function checkText(path: string, text: string, options: CheckOptions = {}): Checked {
  const diagnostics: Diagnostic[] = [];
  const findings = checkFile(path, text, CHECKS, (diagnostic) => diagnostics.push(diagnostic), options);
  const index = new LineIndex(text);
  return {
    findings,
    diagnostics,
    lines: findings.map(({ location, ruleId }) => `${index.position(location.start).line} ${ruleId}`),
    places: findings.map(({ location: { start, end }, ruleId }) => {
      const { line, column } = index.position(start);
      return `${line}:${column} ${ruleId} ${text.slice(start, end)}`;
    }),
  };
}
