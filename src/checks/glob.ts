/** A compiled path glob: `**` any folders, `*` and `?` within a name, `{a,b}` either. Case is ignored, as some file systems do. */
export class Glob {
  readonly #pattern: RegExp;

  constructor(readonly source: string) {
    this.#pattern = new RegExp(`^${translate(source)}$`, 'i');
  }

  matches(path: string): boolean {
    return this.#pattern.test(path);
  }
}

function translate(source: string): string {
  let out = '';
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (source.startsWith('**/', i)) {
      out += '(?:[^/]+/)*';
      i += 2;
    } else if (c === '*') {
      if (source[i + 1] === '*') i++;
      out += source[i] === '*' && source[i - 1] === '*' ? '.*' : '[^/]*';
    } else if (c === '?') out += '[^/]';
    else if (c === '{') {
      depth++;
      out += '(?:';
    } else if (c === '}' && depth > 0) {
      depth--;
      out += ')';
    } else if (c === ',' && depth > 0) out += '|';
    else out += c.replace(/[\\^$.|+()[\]]/g, '\\$&');
  }
  return out + ')'.repeat(depth);
}

/** Whether a whole text matches a pattern in which `*` stands for any run of characters. Linear in text × stars, without recursion. */
export function wildcard(text: string, pattern: string): boolean {
  let i = 0;
  let j = 0;
  let star = -1;
  let mark = 0;
  while (i < text.length) {
    if (pattern[j] === '*') {
      star = j++;
      mark = i;
    } else if (j < pattern.length && pattern[j] === text[i]) {
      i++;
      j++;
    } else if (star >= 0) {
      j = star + 1;
      i = ++mark;
    } else return false;
  }
  while (pattern[j] === '*') j++;
  return j === pattern.length;
}
