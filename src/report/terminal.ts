import type { Finding } from '../core/finding.js';
import type { Reporter } from './context.js';
import { createPalette } from './palette.js';
import { printable } from './printable.js';
import { SourceTexts } from './source-texts.js';
import { formatFinding } from './terminal-finding.js';
import { formatSummary } from './terminal-summary.js';

/** The report for people: findings by file, each with its code and the way the data takes, and a summary of what was looked at. */
export const terminal: Reporter = (result, context) => {
  const { terminal: settings } = context;
  const palette = createPalette(settings.color);
  const sources = new SourceTexts(context, result.findings);
  const blocks: string[] = [];
  for (const [file, findings] of groupByFile(result.findings)) {
    blocks.push(palette.file(printable(file)));
    for (const finding of findings) blocks.push(formatFinding(finding, sources, palette, settings.width).join('\n'));
  }
  if (settings.summary) blocks.push(formatSummary(result, sources, palette, settings).join('\n'));
  return blocks.length > 0 ? `${blocks.join('\n\n')}\n` : '';
};

function groupByFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = files.get(finding.location.file);
    if (group) group.push(finding);
    else files.set(finding.location.file, [finding]);
  }
  return files;
}
