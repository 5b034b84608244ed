import { readSarif } from '../sarif.mjs';

export const GITLEAKS = {
  name: 'gitleaks',
  command: 'gitleaks',
  version: ['version'],
  args: ({ folder, report }) => [
    ...['dir', folder, '--no-banner', '--exit-code', '0'],
    ...['--report-format', 'sarif', '--report-path', report],
  ],
  read: readSarif,
  claims: ['key'],
  families: [{ rule: '*', family: 'key' }],
};
