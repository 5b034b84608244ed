import { compileGlob, expandBraces } from '../project/glob.js';

/**
 * A glob that is relative to a folder of the repository, as one that is relative to the repository. A pattern without a slash matches a
 * name at any depth, as in ignore files.
 *
 * @param folder POSIX path relative to the repository, '' for the repository itself
 */
export function rebaseGlob(pattern: string, folder: string): string {
  if (folder === '') return pattern;
  const negated = pattern.startsWith('!');
  const plain = (negated ? pattern.slice(1) : pattern).replace(/^\.?\//, '');
  const below = plain.replace(/\/$/, '').includes('/') || /^!?\.?\//.test(pattern) ? plain : `**/${plain}`;
  return `${negated ? '!' : ''}/${escapeGlob(folder)}/${below}`;
}

/** What is wrong with a glob; undefined for nothing. */
export function findGlobFault(pattern: string): string | undefined {
  const plain = pattern.replace(/^!/, '').replace(/^\.?\//, '');
  if (plain.split('/').includes('..')) return `the glob '${pattern}' leads out of the folder of the configuration`;
  if (pattern.includes('\n')) return 'a glob is one line';
  const isSound = expandBraces(plain).every((each) => compileGlob(each) !== undefined);
  return isSound ? undefined : `the glob '${pattern}' has an unclosed bracket, so it matches nothing`;
}

function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&');
}
