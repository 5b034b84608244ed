import { writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const SECRETLINT = {
  name: 'secretlint',
  command: 'secretlint',
  version: ['--version'],
  args: ({ folder, report }) => {
    const rules = join(dirname(report), 'secretlintrc.json');
    writeFileSync(rules, JSON.stringify({ rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] }));
    return ['--secretlintrc', rules, '--format', 'json', '--output', report, `${folder}/**/*`];
  },
  /** It finds its rules from the folder that it is installed in. */
  fromInstallation: true,
  read: (text, folder) =>
    JSON.parse(text).flatMap(({ filePath, messages }) =>
      messages.map(({ loc, ruleId }) => ({
        file: relative(folder, filePath).replaceAll('\\', '/'),
        line: loc.start.line,
        end: loc.end.line,
        rule: ruleId,
      })),
    ),
  claims: ['key'],
  families: [{ rule: '*', family: 'key' }],
};
