import type { Diagnostic } from '../core/diagnostic.js';
import type { Finding } from '../core/finding.js';
import type { Reporter } from './context.js';
import { escapeXml } from './escape-xml.js';
import { printable } from './printable.js';
import { printableLines } from './printable-lines.js';
import { SourceTexts } from './source-texts.js';
import { explainConfidence } from './words.js';

/**
 * JUnit-style XML, as Jenkins (`jenkins-junit.xsd`), GitLab, Azure DevOps and others read it; the common ground is written down at
 * github.com/testmoapp/junitxml. Each rule is a suite: a finding is a failed case, a note a skipped one, a rule without findings one
 * case that passed. What was not analysed stands in the output of a suite of its own. Times are 0, since reports know no clock.
 */
export const junit: Reporter = (result, context) => {
  const sources = new SourceTexts(context, result.findings);
  const names = new Set([...context.rules.map(({ id }) => id), ...result.findings.map(({ ruleId }) => ruleId)]);
  const suites = [...names].sort().map((rule) => {
    const findings = result.findings.filter(({ ruleId }) => ruleId === rule);
    const cases = findings.map((finding) => toCase(finding, sources));
    return toSuite(
      rule,
      findings,
      cases.length > 0 ? cases : [`    <testcase${attributes({ classname: rule, name: 'no finding', time: 0 })}/>`],
    );
  });
  if (result.diagnostics.length > 0) suites.push(toDiagnosticSuite(result.diagnostics, sources));
  const failures = result.findings.filter(isFailure).length;
  const tests = suites.reduce((sum, { tests }) => sum + tests, 0);
  const skipped = result.findings.length - failures;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'spillcheck', tests, failures, errors: 0, skipped, time: 0 })}>`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n');
};

interface Suite {
  readonly tests: number;
  readonly lines: readonly string[];
}

function toSuite(name: string, findings: readonly Finding[], cases: readonly string[]): Suite {
  const failures = findings.filter(isFailure).length;
  const skipped = findings.length - failures;
  const head = attributes({ name, tests: cases.length, failures, errors: 0, skipped, time: 0 });
  return { tests: cases.length, lines: [`  <testsuite${head}>`, ...cases, '  </testsuite>'] };
}

function toCase(finding: Finding, sources: SourceTexts): string {
  const file = printable(finding.location.file);
  const line = sources.region(finding.location)?.start.line;
  const message = printable(sources.mask(finding.message));
  const place = printable(sources.place(finding.location));
  const head = attributes({
    classname: finding.ruleId,
    name: `${place} ${message}`,
    file,
    ...(line !== undefined && { line }),
    time: 0,
  });
  const outcome = isFailure(finding)
    ? `<failure${attributes({ message, type: finding.level })}>${escapeXml(describe(finding, sources))}</failure>`
    : `<skipped${attributes({ message })}/>`;
  return `    <testcase${head}>${outcome}</testcase>`;
}

function describe(finding: Finding, sources: SourceTexts): string {
  const steps = finding.steps.map(
    (step) => `  ${printable(sources.place(step.location))}  ${sources.mask(step.message)}`,
  );
  const lines = [
    `${printable(sources.place(finding.location))}  ${finding.level}  ${finding.ruleId}`,
    sources.mask(finding.message),
    ...(steps.length > 0 ? ['How it gets there', ...steps] : []),
    `How sure  ${explainConfidence(finding)}`,
    `What to do  ${sources.mask(finding.advice)}`,
    `Fingerprint  ${finding.fingerprints['flow/v1']}`,
  ];
  return printableLines(lines.join('\n')).join('\n');
}

function toDiagnosticSuite(diagnostics: readonly Diagnostic[], sources: SourceTexts): Suite {
  const rows = diagnostics.map(({ kind, file, line, message }) => {
    const place = [file, line].filter((part) => part !== undefined).join(':');
    return printable(sources.mask(`${kind}: ${place === '' ? '' : `${place}: `}${message}`));
  });
  const output = `<system-out>${escapeXml(rows.join('\n'))}</system-out>`;
  const head = attributes({ classname: 'analysis', name: 'what was not, or not fully, analysed', time: 0 });
  return toSuite('analysis', [], [`    <testcase${head}>${output}</testcase>`]);
}

function isFailure({ level }: Finding): boolean {
  return level !== 'note';
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}
