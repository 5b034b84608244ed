import type { Reporter } from './context.js';
import { printable } from './printable.js';
import { SourceTexts } from './source-texts.js';

/** One line a finding: `file:line:column: level rule-id: message [confidence]`. */
export const compact: Reporter = (result, context) => {
  const sources = new SourceTexts(context, result.findings);
  return result.findings
    .map((finding) => {
      const region = sources.region(finding.location);
      const place = region ? `:${region.start.line}:${region.start.column}` : '';
      const message = sources.mask(finding.message);
      const line = `${finding.location.file}${place}: ${finding.level} ${finding.ruleId}: ${message} [${finding.confidence}]`;
      return `${printable(line)}\n`;
    })
    .join('');
};
