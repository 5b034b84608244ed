import { type CharacterSets, findSlowness } from './expression-guard.js';
import {
  ANY_NAME,
  isForAnyName,
  type KeywordUse,
  type Power,
  type Recognition,
  type SecretFormat,
  type SecretFormats,
  type StructureCheck,
} from './format.js';
import { FormatReader } from './format-reader.js';
import { Prefilter } from './prefilter.js';
import { SIGNER_CALLS } from './signing-use.js';

/** Nouns that end in names of secrets. Each occurrence in a text is looked at, so words that contain one another are left out. */
const NOUNS = [
  'key',
  'secret',
  'token',
  'passw',
  'passphrase',
  'passcode',
  'pwd',
  '_pass',
  'dbpass',
  'credential',
  'creds',
  'authorization',
  'bearer',
  '_dsn',
  '_pat',
  '_auth',
];
const SCHEMES = ['bearer ', 'basic '];
const COMMAND = 'curl ';
/** Names of providers are short, lower-case, and no part of other words. */
const OWNER = /^[a-z]{5,20}$/;
const RECOGNITIONS: readonly Recognition[] = ['token', 'named', 'key-block', 'url', 'value'];
const DEFAULT_ADVICE =
  'Revoke it where it was issued, then read the new one from the environment or a secret store and keep it out of the repository.';
const POWERS: readonly Power[] = ['admin', 'access', 'limited', 'test', 'public'];

/**
 * Compiles parsed files of secret formats (`{ provider, formats: [...] }`, or `{ documented: [...] }`) in the order given.
 * Throws `FormatError` for the first fault: an unknown field, an expression that could be made slow, an identifier used twice. The
 * expressions of the first `checked` files are known to be fast: a build judged them, which takes longer than all the rest.
 */
export function compileFormats(data: readonly unknown[], checked = 0): SecretFormats {
  const formats: SecretFormat[] = [];
  const sets: CharacterSets = new Map();
  const documented = new Set<string>();
  const byId = new Map<string, SecretFormat>();
  data.forEach((file, index) => {
    const reader = new FormatReader(file, index);
    reader.onlyFields(['provider', 'formats', 'documented']);
    for (const digest of reader.optionalTexts('documented')) documented.add(digest);
    const provider = reader.optionalText('provider');
    for (const entry of reader.optionalItems('formats')) {
      const format = readFormat(entry, provider, index < checked ? undefined : sets);
      if (byId.has(format.id)) throw entry.fault(`the format id '${format.id}' is used twice`, 'id');
      byId.set(format.id, format);
      formats.push(format);
    }
  });
  const keywords = collectKeywords(formats);
  const named = formats.filter((format) => format.recognition === 'named');
  return {
    formats,
    named: [...named.filter((format) => !isForAnyName(format)), ...named.filter(isForAnyName)],
    urls: formats.filter((format) => format.recognition === 'url'),
    byId,
    keywords,
    prefilter: new Prefilter(keywords.map((keyword) => keyword.text)),
    documented,
  };
}

/** @param sets for judging the expression; undefined where it was judged before */
function readFormat(entry: FormatReader, provider: string | undefined, sets: CharacterSets | undefined): SecretFormat {
  entry.onlyFields(
    'id name provider recognition keywords expression ignoreCase before broken checks near power powers grants advice certainty examples counterExamples'.split(
      ' ',
    ),
  );
  const recognition = entry.oneOf('recognition', RECOGNITIONS, 'token');
  const anchored = recognition === 'token' || recognition === 'key-block';
  const expression = entry.expression('expression', anchored, entry.flag('ignoreCase'));
  const broken = entry.has('broken') ? entry.expression('broken', false, false) : undefined;
  const slowness = sets && findSlowness(expression.source, sets);
  if (slowness) throw entry.fault(`the expression ${slowness}`, 'expression');
  const slow = sets && broken && findSlowness(broken.source, sets);
  if (slow) throw entry.fault(`the expression ${slow}`, 'broken');
  const keywords = entry.optionalTexts('keywords');
  if (keywords.length === 0 && recognition !== 'url' && recognition !== 'value')
    throw entry.fault('keywords are missing', 'keywords');
  const short = keywords.find(
    (keyword) => (keyword.length < 3 && keyword !== ANY_NAME) || !/^[\x20-\x7e]+$/.test(keyword),
  );
  if (short !== undefined)
    throw entry.fault(`the keyword '${short}' is shorter than three characters or not ASCII`, 'keywords');
  return {
    id: entry.identifier('id'),
    name: entry.text('name'),
    provider: entry.optionalText('provider') ?? provider ?? '',
    recognition,
    keywords,
    expression,
    before: entry.range('before'),
    checks: entry.optionalItems('checks').map(readCheck),
    broken,
    near: entry.near('near'),
    power: entry.oneOf('power', POWERS, 'access'),
    powers: entry.optionalItems('powers').map((item) => ({
      on: item.oneOf('on', ['value', 'claims', 'near'] as const),
      matches: item.expression('matches', false, true),
      power: item.oneOf('power', POWERS),
    })),
    grants: entry.text('grants'),
    advice: entry.optionalText('advice') ?? DEFAULT_ADVICE,
    certainty: entry.oneOf('certainty', ['high', 'medium', 'low'] as const, 'high'),
    examples: entry.optionalTexts('examples'),
    counterExamples: entry.optionalTexts('counterExamples'),
  };
}

function readCheck(item: FormatReader): StructureCheck {
  const check = item.oneOf('check', [
    'entropy',
    'crc32-base62',
    'crc32-hex',
    'jwt',
    'bech32',
    'base64-number',
    'base64-text',
    'mixed',
  ] as const);
  item.onlyFields(['check', 'minimum', 'prefix', 'length', 'contains']);
  switch (check) {
    case 'entropy':
      return { check, minimum: item.number('minimum') };
    case 'crc32-base62':
      return { check, prefix: item.number('prefix'), length: item.number('length') };
    case 'base64-text':
      return { check, prefix: item.number('prefix'), contains: item.text('contains') };
    default:
      return { check };
  }
}

/** One entry per distinct keyword text, in code-unit order. */
function collectKeywords(formats: readonly SecretFormat[]): KeywordUse[] {
  const uses = new Map<
    string,
    { -readonly [Field in keyof Omit<KeywordUse, 'text' | 'formats'>]: boolean } & { formats: SecretFormat[] }
  >();
  const use = (text: string) => {
    const folded = text.toLowerCase();
    let entry = uses.get(folded);
    if (!entry) {
      entry = { formats: [], noun: false, url: false, scheme: false, owner: false, command: false, signer: false };
      uses.set(folded, entry);
    }
    return entry;
  };
  for (const noun of NOUNS) use(noun).noun = true;
  for (const scheme of SCHEMES) use(scheme).scheme = true;
  use('://').url = true;
  use(COMMAND).command = true;
  for (const call of SIGNER_CALLS) use(call).signer = true;
  for (const format of formats) {
    if (format.recognition === 'named') {
      for (const keyword of format.keywords) if (OWNER.test(keyword)) use(keyword).owner = true;
    }
    if (format.recognition !== 'token' && format.recognition !== 'key-block') continue;
    for (const keyword of format.keywords) use(keyword).formats.push(format);
  }
  return [...uses].sort(([left], [right]) => (left < right ? -1 : 1)).map(([text, entry]) => ({ text, ...entry }));
}
