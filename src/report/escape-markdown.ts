import { printable } from './printable.js';

/**
 * One of our texts as Markdown (GitHub's and GitLab's): what stands in backticks becomes a code span, everything else is text that makes
 * no heading, link, image, HTML, mention or reference, whatever names from the scanned code stand in it.
 */
export function escapeMarkdown(text: string): string {
  const parts = printable(text).split('`');
  // an odd number of backticks: the last one stands for itself
  const closed = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join('`')];
  return closed.map((part, index) => (index % 2 === 1 && part !== '' ? codeSpan(part) : escapeText(part))).join('');
}

/** A code span (CommonMark 6.1): its fence is longer than any run of backticks in it. */
export function codeSpan(text: string): string {
  const code = printable(text);
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = code.startsWith('`') || code.endsWith('`') || code.trim() !== code ? ' ' : '';
  return `${fence}${padding}${code}${padding}${fence}`;
}

function escapeText(text: string): string {
  return (
    text
      .replace(/[\\`*_{}[\]<>#+!|~$&^]/g, (character) =>
        character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`,
      )
      // mentions, references and bare addresses are looked for behind the escapes; an empty comment keeps them from being found
      .replace(/(?<=[@#!~$%])(?=\w)/g, '<!-- -->')
      .replace(/:\/\//g, ':<!-- -->//')
      // what would begin a list or underline a heading
      .replace(/^(\s*)([-=])/, '$1\\$2')
      .replace(/^(\s*\d+)\./, '$1\\.')
      .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}<!-- -->.`)
  );
}
