import type { FileSyntax } from './file-context.js';

const DEPTH_LIMIT = 40;

/** The keys that lead to the value at `offset` in a configuration file, joined by dots; undefined where there are none. */
export function keyPathAt(text: string, offset: number, syntax: FileSyntax): string | undefined {
  if (syntax === 'json') return join(jsonPath(text, offset));
  if (syntax === 'yaml') return join(yamlPath(text, offset));
  if (syntax === 'ini') return join(sectionPath(text, offset));
  return undefined;
}

function join(keys: readonly string[]): string | undefined {
  return keys.length === 0 ? undefined : keys.join('.');
}

/** One pass over the text before the offset, with a stack of open objects and arrays. */
function jsonPath(text: string, offset: number): string[] {
  const stack: { key: string | undefined; index: number; array: boolean }[] = [];
  let lastString = '';
  for (let i = 0; i < offset; i++) {
    const top = stack.at(-1);
    switch (text[i]) {
      case '"': {
        const start = i + 1;
        for (i = start; i < text.length && text[i] !== '"'; i++) if (text[i] === '\\') i++;
        if (i >= offset) return keysOf(stack);
        lastString = text.slice(start, Math.min(i, start + 100));
        break;
      }
      case ':':
        if (top) top.key = lastString;
        break;
      case '{':
      case '[':
        stack.push({ key: undefined, index: 0, array: text[i] === '[' });
        break;
      case '}':
      case ']':
        stack.pop();
        break;
      case ',':
        if (top?.array) top.index++;
        else if (top) top.key = undefined;
        break;
    }
  }
  return keysOf(stack);
}

function keysOf(stack: readonly { key: string | undefined; index: number; array: boolean }[]): string[] {
  return stack
    .slice(-DEPTH_LIMIT)
    .map((level) => (level.array ? String(level.index) : level.key))
    .filter((key) => key !== undefined);
}

/** Backwards over the lines that are less and less indented. */
function yamlPath(text: string, offset: number): string[] {
  const keys: string[] = [];
  let indent = Number.POSITIVE_INFINITY;
  let end = lineEnd(text, offset);
  for (let lines = 0; end >= 0 && lines < 5_000 && indent > 0; lines++) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const found = /^([ \t]{0,200}(?:-[ \t]{1,8})?)["']?([\w.$/-]{1,100})["']?[ \t]{0,8}:(?:\s|$)/.exec(
      text.slice(start, Math.min(end, start + 400)),
    );
    if (found && found[1]!.length < indent) {
      keys.unshift(found[2]!);
      indent = found[1]!.search(/-|$/);
      if (found[1]!.includes('-')) indent++;
    }
    end = start - 1;
    if (start === 0) break;
  }
  return keys.slice(-DEPTH_LIMIT);
}

/** The key of the line below the last `[section]`. */
function sectionPath(text: string, offset: number): string[] {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const key = /^[ \t]{0,40}["']?([\w.-]{1,100})/.exec(text.slice(start, lineEnd(text, offset)))?.[1];
  let section: string | undefined;
  for (
    let line = text.lastIndexOf('\n[', offset);
    line >= 0 && section === undefined;
    line = text.lastIndexOf('\n[', line - 1)
  ) {
    section = /^\[{1,2}([^\]\n]{1,100})\]/.exec(text.slice(line + 1, line + 120))?.[1];
    if (line === 0) break;
  }
  section ??= /^\[{1,2}([^\]\n]{1,100})\]/.exec(text)?.[1];
  return [section, key].filter((part) => part !== undefined);
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
