import type { Candidate } from './candidate.js';
import type { FileContext } from './file-context.js';
import type { Verdict } from './judge.js';

/** Prefixes of variables that frameworks put into what the browser loads. */
const PUBLIC_PREFIX =
  /^(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|PUBLIC|GATSBY|VUE_APP|NG_APP|STORYBOOK|PARCEL_PUBLIC|RSBUILD_PUBLIC)_/;

/**
 * Whether the place hands the credential to every visitor: a variable with a public prefix that is given a value in an environment file,
 * or a file that is served as it stands.
 */
export function exposesToClient(candidate: Candidate, verdict: Verdict, file: FileContext, text: string): boolean {
  if (verdict.power === 'test') return false;
  if (file.served && file.syntax !== 'text') return true;
  if (file.syntax !== 'env' && file.syntax !== 'shell' && file.syntax !== 'yaml') return false;
  const lineStart = text.lastIndexOf('\n', candidate.start - 1) + 1;
  const name = /([A-Z][A-Z0-9_]{3,80})["']?[ \t]{0,4}[:=][^:=]{0,400}$/.exec(
    text.slice(lineStart, candidate.start),
  )?.[1];
  return name !== undefined && PUBLIC_PREFIX.test(name);
}
