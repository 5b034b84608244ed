import { type Language, languageOf } from './language.js';

/** The script of a file: the whole text, or a component's text in which everything but its scripts is blank. */
export interface Script {
  readonly text: string;
  readonly language: Language;
  /** It consists of parts that are modules of their own, so that a name may be declared in several. */
  readonly composite: boolean;
}

interface Region {
  readonly start: number;
  readonly end: number;
}

const SCRIPT_ELEMENT = /<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/script\s*>/gi;
const FRONTMATTER = /^(?:\uFEFF?\s*)---[\t ]*\r?\n([\s\S]*?)^---[\t ]*\r?$/m;
const NOT_A_LINE_BREAK = /[^\n\r\u2028\u2029]/g;
const LANGUAGE_ATTRIBUTE = /\blang\s*=\s*["']?([a-z]+)/i;
/** Scripts that are data: `application/json`, `text/template`. */
const DATA_ATTRIBUTE =
  /\btype\s*=\s*["']?(?!module\b|text\/javascript\b|application\/javascript\b|text\/typescript\b)[a-z]/i;

/** Finds what of a file is script. Offsets and lines stay those of the file. */
export function extractScripts(path: string, text: string): Script {
  if (/\.(?:vue|svelte)$/.test(path)) {
    const { regions, attributes } = scriptElements(text, 0);
    return { text: blankOutside(text, regions), language: componentLanguage(attributes), composite: true };
  }
  if (path.endsWith('.astro')) {
    return { text: blankOutside(text, astroRegions(text)), language: 'typescript-jsx', composite: true };
  }
  return { text, language: languageOf(path), composite: false };
}

function scriptElements(text: string, from: number): { regions: Region[]; attributes: string } {
  const regions: Region[] = [];
  let attributes = '';
  const pattern = new RegExp(SCRIPT_ELEMENT);
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (DATA_ATTRIBUTE.test(match[1]!)) continue;
    attributes += ` ${match[1]}`;
    const start = match.index + '<script'.length + match[1]!.length + 1;
    regions.push({ start, end: start + match[2]!.length });
  }
  return { regions, attributes };
}

function componentLanguage(attributes: string): Language {
  switch (LANGUAGE_ATTRIBUTE.exec(attributes)?.[1]?.toLowerCase()) {
    case 'ts':
    case 'typescript':
      return 'typescript';
    case 'tsx':
      return 'typescript-jsx';
    default:
      return 'javascript';
  }
}

function astroRegions(text: string): Region[] {
  const match = FRONTMATTER.exec(text);
  if (match?.index !== 0) return scriptElements(text, 0).regions;
  const start = match[0].indexOf('\n', match[0].indexOf('---')) + 1;
  const front = { start, end: start + match[1]!.length };
  return [front, ...scriptElements(text, front.end).regions];
}

/** Replaces everything outside the regions by spaces, but for line breaks. */
function blankOutside(text: string, regions: readonly Region[]): string {
  let result = '';
  let from = 0;
  for (const { start, end } of regions) {
    result += text.slice(from, start).replace(NOT_A_LINE_BREAK, ' ') + text.slice(start, end);
    from = end;
  }
  return result + text.slice(from).replace(NOT_A_LINE_BREAK, ' ');
}
