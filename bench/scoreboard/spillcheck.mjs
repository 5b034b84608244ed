import { familyOfRule } from './families.mjs';

/**
 * spillcheck as one of the tools that are run. Alone: neither configuration nor baseline of the tree counts, nothing is remembered, and tests are
 * followed too, since cases of suites may look like some.
 */
export function spillcheckTool({ bin, profile, command = 'scan' }) {
  const flags = ['--no-config', '--no-baseline', '--fail-on', 'never', '--quiet', '--profile', profile];
  return {
    name: 'spillcheck',
    mustReport: true,
    args: ({ folder, report }) => [
      ...[bin, command, folder, ...flags, '--format', 'json', '--output', report],
      ...(command === 'scan' ? ['--no-cache', '--tests'] : []),
    ],
    read: (text) =>
      JSON.parse(text).findings.map(({ ruleId, message, location }) => ({
        file: location.file,
        line: location.start.line,
        end: location.end?.line ?? location.start.line,
        rule: ruleId,
        message,
      })),
    familyOf: familyOfRule,
  };
}
