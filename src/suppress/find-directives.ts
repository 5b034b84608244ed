/**
 * Suppressions in comments. A comment of one line, on a line of its own, in whatever syntax the file has for it:
 *
 *     // spillcheck-ignore-next-line prompt-to-log -- the prompt is a constant in this build
 *     # spillcheck-ignore-start hardcoded-secret until 2027-01-31 -- test keys, rotated with the fixture server
 *     <!-- spillcheck-ignore-file hardcoded-secret -- the examples of the vendor's documentation -->
 *
 * In code that was parsed, the parser's word counts for what is a comment; elsewhere a line that begins with the mark of a comment is one.
 * In Markdown only HTML comments outside of fenced code are, so that pages may show what suppressions look like.
 */
import { LineIndex, type Span } from '../core/span.js';
import type { Directive, DirectiveFault, Directives } from './directive.js';
import { type ParsedDirective, parseDirective } from './parse-directive.js';

const MARK = 'spillcheck-ignore';
const OPENER = /^[ \t]*(?:\{[ \t]*\/\*+|\/\/+|\/\*+|#+|<!--|--|;+|%+|"(?:#+|\/\/+))[ \t]*/;
const HTML_OPENER = /^[ \t]*<!--[ \t]*/;
const CLOSER = /[ \t]*(?:\*+\/[ \t]*\}?|-->|(?:\\n)?",?)?[ \t]*$/;
const FENCE = /^[ \t]*(?:```|~~~)/;

export interface SearchedText {
  readonly path: string;
  readonly text: string;
  /** The comments of a file that was parsed; undefined for other files. */
  readonly comments?: readonly Span[] | undefined;
}

/** @param rules the rules there are */
export function findDirectives({ path, text, comments }: SearchedText, rules: readonly string[]): Directives {
  if (!text.includes(MARK)) return NONE;
  const lines = new LineIndex(text);
  const directives: Directive[] = [];
  const faults: DirectiveFault[] = [];
  const open: { readonly line: number; readonly parsed: ParsedDirective }[] = [];
  const fault = (line: number, message: string) => faults.push({ file: path, line, message });
  for (const { line, content } of commentLines(path, lines, comments)) {
    if (content === undefined) {
      fault(line, `${MARK} stands behind code: put it on a line of its own`);
      continue;
    }
    const parsed = parseDirective(content, rules);
    if (typeof parsed === 'string') fault(line, parsed);
    else if (parsed.form === 'start') open.push({ line, parsed });
    else if (parsed.form === 'end') {
      const at = open.findLastIndex((start) => parsed.rules.every((rule) => start.parsed.rules.includes(rule)));
      const [start] = at < 0 ? [] : open.splice(at, 1);
      if (start) directives.push(directive(path, start.line, start.parsed, start.line, line));
      else fault(line, `${MARK}-end has no ${MARK}-start before it`);
    } else {
      const [first, last] = parsed.form === 'file' ? [1, lines.lineCount] : nextLine(lines, line);
      directives.push(directive(path, line, parsed, first, last));
    }
  }
  for (const { line } of open) fault(line, `${MARK}-start is ended by no ${MARK}-end, so it suppresses nothing`);
  return { directives, faults };
}

const NONE: Directives = { directives: [], faults: [] };

function directive(file: string, line: number, parsed: ParsedDirective, first: number, last: number): Directive {
  const { rules, reason, until } = parsed;
  return { file, line, first, last, rules, reason, until };
}

/** The next line that holds anything but a suppression. */
function nextLine(lines: LineIndex, line: number): readonly [first: number, last: number] {
  let next = line + 1;
  while (next < lines.lineCount && isPassedOver(lines.lineText(next))) next++;
  return [next, next];
}

function isPassedOver(text: string): boolean {
  return text.trim() === '' || (text.includes(MARK) && OPENER.test(text));
}

/** The lines that speak of suppressions, each with the comment's text from the mark on; undefined text for a comment behind code. */
function* commentLines(
  path: string,
  lines: LineIndex,
  comments: readonly Span[] | undefined,
): Generator<{ readonly line: number; readonly content: string | undefined }> {
  const isMarkdown = /\.(?:md|mdx|mdc|markdown)$/i.test(path);
  const opener = isMarkdown ? HTML_OPENER : OPENER;
  const isMarkup = /\.(?:vue|svelte|astro)$/i.test(path);
  let isFenced = false;
  for (let line = 1; line <= lines.lineCount; line++) {
    const text = lines.lineText(line);
    if (isMarkdown && FENCE.test(text)) isFenced = !isFenced;
    const at = text.indexOf(MARK);
    if (at < 0 || isFenced) continue;
    const offset = lines.lineStart(line) + at;
    const comment = comments?.find(({ start, end }) => start <= offset && offset < end);
    if (comments && !comment && !(isMarkup && HTML_OPENER.test(text))) continue;
    const [marks = ''] = opener.exec(text) ?? [];
    if (marks.length === at && marks !== '') yield { line, content: text.slice(at).replace(CLOSER, '') };
    else if (
      comment &&
      lines.position(comment.start).line === line &&
      /^\W*$/.test(lines.text.slice(comment.start, offset))
    )
      yield { line, content: undefined };
  }
}
