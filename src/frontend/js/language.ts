/** What a file, or the scripts in it, are written in. */
export type Language = 'javascript' | 'typescript' | 'typescript-jsx' | 'declarations';

/** The language of a file by its extension; JavaScript where the extension says nothing. */
export function languageOf(path: string): Language {
  if (/\.d\.(?:[^./]+\.)?[cm]?ts$/.test(path)) return 'declarations';
  if (/\.[cm]?ts$/.test(path)) return 'typescript';
  if (path.endsWith('.tsx')) return 'typescript-jsx';
  return 'javascript';
}
