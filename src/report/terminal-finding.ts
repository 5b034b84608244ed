import type { Finding } from '../core/finding.js';
import { frame } from './frame.js';
import type { Palette } from './palette.js';
import { printable } from './printable.js';
import type { SourceTexts } from './source-texts.js';
import { textWidth } from './width.js';
import { explainConfidence } from './words.js';
import { wrap } from './wrap.js';

const INDENT = '  ';

/** One finding: what is wrong, where, how the data gets there, how sure it is, what to do. */
export function formatFinding(finding: Finding, sources: SourceTexts, palette: Palette, width: number): string[] {
  const say = (text: string) => printable(sources.mask(text));
  const region = sources.region(finding.location);
  const place = region ? `${region.start.line}:${region.start.column}` : '';
  const title = [palette.level[finding.level](finding.level), palette.rule(finding.ruleId), palette.faint(place)];
  const lines = [INDENT + title.filter((part) => part !== '').join('  ')];
  for (const line of wrap(say(finding.message), width - INDENT.length)) lines.push(INDENT + line);
  lines.push(...formatFrame(finding, sources, palette, width));
  lines.push(...formatSteps(finding, sources, palette, say));
  for (const { location, message } of finding.related) {
    lines.push(`${INDENT}${palette.heading('See also')}  ${printable(sources.place(location))}  ${say(message)}`);
  }
  if (finding.steps.length + finding.related.length > 0) lines.push('');
  lines.push(...formatParagraph('How sure', explainConfidence(finding), palette, width));
  const [advice = '', ...sample] = sources.mask(finding.advice).split(/\r\n|[\r\n]/);
  lines.push(...formatParagraph('What to do', printable(advice), palette, width));
  for (const line of sample) lines.push(`${INDENT.repeat(3)}${printable(line.replace(/\t/g, '  '))}`.trimEnd());
  return lines;
}

function formatFrame(finding: Finding, sources: SourceTexts, palette: Palette, width: number): string[] {
  const lines = sources.lines(finding.location.file);
  if (!lines) return [];
  const digits = String(lines.position(finding.location.start).line + 1).length;
  const gutter = INDENT.length + 2 + digits + 3;
  const result = [''];
  for (const { number, code, underline } of frame(lines, finding.location, Math.max(20, width - gutter))) {
    const marker = underline === undefined ? '  ' : '> ';
    const margin = `${INDENT}${marker}${String(number).padStart(digits)} |`;
    result.push(`${underline === undefined ? palette.faint(margin) : margin} ${code}`.trimEnd());
    if (underline === undefined) continue;
    const carets = underline.trimStart();
    const blanks = underline.slice(0, underline.length - carets.length);
    result.push(
      `${palette.faint(`${INDENT}  ${' '.repeat(digits)} |`)} ${blanks}${palette.level[finding.level](carets)}`,
    );
  }
  result.push('');
  return result;
}

function formatSteps(
  finding: Finding,
  sources: SourceTexts,
  palette: Palette,
  say: (text: string) => string,
): string[] {
  if (finding.steps.length === 0) return [];
  const places = finding.steps.map((step) => printable(sources.place(step.location)));
  const column = Math.max(...places.map(textWidth));
  const digits = String(finding.steps.length).length;
  return [
    `${INDENT}${palette.heading('How it gets there')}`,
    ...finding.steps.map((step, index) => {
      const place = places[index]!;
      const blanks = ' '.repeat(column - textWidth(place));
      const nesting = INDENT.repeat(Math.min(step.nesting, 12));
      const number = String(index + 1).padStart(digits);
      return `${INDENT.repeat(2)}${palette.faint(number)}  ${place}${blanks}  ${nesting}${say(step.message)}`;
    }),
  ];
}

/** A heading and a text behind it; further lines of the text are indented. */
function formatParagraph(heading: string, text: string, palette: Palette, width: number): string[] {
  if (text === '') return [];
  const [first = '', ...others] = wrap(`${heading}  ${text}`, width - INDENT.length);
  return [
    INDENT + palette.heading(heading) + first.slice(heading.length),
    ...others.map((line) => INDENT.repeat(2) + line),
  ];
}
