import { isAbsolute, relative } from 'node:path';

/** SecureAI-Scan, built from its repository. That a model is called at all, and calls before a check of rights, have no counterpart in labels. */
export const SECUREAI_SCAN = {
  name: 'secureai-scan',
  command: 'secureai-scan',
  version: ['--version'],
  args: ({ folder, report }) => ['scan', folder, '--output', report],
  /** It tells the form of a report by the name of the file. */
  suffix: '.json',
  read: (text, folder) =>
    (JSON.parse(text).allFindings ?? []).flatMap(({ ruleId, occurrences }) =>
      occurrences.map(({ file, line }) => {
        const path = isAbsolute(file) ? relative(folder, file) : file;
        return { file: path.replaceAll('\\', '/'), line, end: line, rule: ruleId };
      }),
    ),
  claims: ['content', 'model', 'injection'],
  families: [
    { rule: 'AI001', family: 'injection' },
    { rule: 'AI002', family: 'content' },
    { rule: 'AI004', family: 'model' },
  ],
};
