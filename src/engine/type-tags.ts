const PERSONAL = /@(?:pii|phi|gdpr|personal)\b/i;
const SECRET = /@secret\b/i;
const LEVEL = /@(?:sensitivity|sensitive|classification)\b[ \t:=({'"]*([a-z][a-z-]*)?/i;
const HARMLESS_LEVELS = new Set(['none', 'public', 'low', 'internal', 'false']);

/**
 * The label that a declaration's tags give, whatever its name says: `@pii`, `@personal`, `@secret`, `@sensitivity high`; '' where they declare
 * it harmless, undefined where they say nothing. What the name says counts where it is a more special kind of the same.
 */
export function labelOfTags(tags: string | undefined, named: string): string | undefined {
  if (tags === undefined) return undefined;
  if (SECRET.test(tags)) return named.startsWith('secret') ? named : 'secret';
  if (PERSONAL.test(tags)) return named.startsWith('personal') ? named : 'personal';
  const level = LEVEL.exec(tags);
  if (!level) return undefined;
  const word = level[1]?.toLowerCase();
  if (word !== undefined && HARMLESS_LEVELS.has(word)) return '';
  if (word === 'secret' || word === 'credential') return named.startsWith('secret') ? named : 'secret';
  return /^(?:personal|secret)/.test(named) ? named : 'personal';
}
