import type { Assignment } from './assignment.js';
import { alphabetOf, entropy } from './entropy.js';
import type { NameClass } from './secret-name.js';
import { splitWords } from './secret-name.js';
import { isStockPassword } from './stock-password.js';
import { wordShare } from './word-share.js';

/**
 * How much a value of unknown shape looks like a credential:
 * - `random`: no one typed it
 * - `chosen`: a passphrase or password that someone made up for use
 * - `weak`: a stock password, or an identifier such as a UUID that only the name makes suspicious
 */
export type Evidence = 'random' | 'chosen' | 'weak';

/** Text that is no credential whatever its name: references, paths, hashes, dates, addresses, calls, markup. */
const NOT_A_VALUE =
  /^(?:process\.env|import\.meta|os\.environ|os\.getenv|env[.(]|secrets\.|vars\.|inputs\.|github\.|steps\.|config\.|self\.|this\.|System\.|settings\.)|:\/\/|^\.{0,2}\/|^~\/|^[A-Za-z]:\\|^(?:sha\d{1,3}[-:]|\$2[abxy]\$|\$argon2|\$pbkdf2|pbkdf2|\$[156]\$|\{SSHA\}|md5:|bcrypt)|^\d{4}-\d\d-\d\d|^data:|^[^@\s]{1,64}@[\w-]{1,64}\.[\w.]{2,64}$|^v?\d{1,4}\.\d{1,4}\.\d|[()\s{}[\]]|^[&*!.#-]|\/\/|=>/;
const REFERENCE =
  /^\$[A-Za-z_({]|^%[A-Za-z_]+%$|^@[A-Za-z]|^arn:|^projects\/|^(?:op|vault|ssm|secretsmanager|kms|keyvault|file|env):|^[a-z]+:[A-Za-z/]/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Grades a value by its name, its own looks and where it stands; undefined when it is no credential. Pure. */
export function assessValue(assignment: Assignment, name: NameClass, configuration: boolean): Evidence | undefined {
  const { value } = assignment;
  if (value.length < 6 || value.length > 512) return undefined;
  if (NOT_A_VALUE.test(value) || REFERENCE.test(value) || isMemberPath(value) || repeatsName(value, assignment.name))
    return undefined;
  if (UUID.test(value)) return assessUuid(assignment, name);
  if (isRandom(value, name) || (name === 'issued' && isLongNumber(value))) return 'random';
  if (name === 'issued' && isShortlyRandom(value)) return 'weak';
  if (assignment.relation === 'call' || assignment.relation === 'pair') return undefined;
  if (name === 'password') return assessPassword(value, configuration);
  if (name === 'own') return assessOwnSecret(assignment, configuration);
  return undefined;
}

/** Most UUIDs are identifiers. What a program falls back on where a key is not set is used as one. */
function assessUuid({ relation }: Assignment, name: NameClass): Evidence | undefined {
  if (name === 'key') return undefined;
  return name === 'issued' && relation === 'fallback' ? 'chosen' : 'weak';
}

/** What a command sends in a header that holds a key is used as one, however short: there only placeholders are none. */
export function assessSent(value: string): Evidence | undefined {
  const isPlausible = /^[A-Za-z0-9_.+/=-]{10,512}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
  return isPlausible && wordShare(value) < 0.4 && !isCompound(value) && !isStockPassword(value) ? 'chosen' : undefined;
}

/** Base64 of `user:password`. */
export function isEncodedLogin(value: string): boolean {
  return (
    /^[A-Za-z0-9+/]{20,512}={0,2}$/.test(value) &&
    /^[\w.@-]{2,64}:[!-~]{8}/.test(Buffer.from(value, 'base64').toString('latin1'))
  );
}

function assessPassword(value: string, configuration: boolean): Evidence | undefined {
  const classes = characterClasses(value);
  if (isStockPassword(value)) return classes >= 3 && value.length >= 12 ? 'chosen' : 'weak';
  if (value.length < 8) return configuration && /\d/.test(value) && /[A-Za-z]/.test(value) ? 'weak' : undefined;
  if (classes >= 3 && /\d/.test(value)) return 'chosen';
  return /\d/.test(value) && /[A-Za-z]/.test(value) ? (configuration ? 'chosen' : 'weak') : undefined;
}

/** How many of small letters, capitals, digits and others occur. */
export function characterClasses(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((pattern) => pattern.test(value)).length;
}

/** Whatever the program checks against is the secret, also when it is made of plain words. */
function assessOwnSecret(assignment: Assignment, configuration: boolean): Evidence | undefined {
  const { value, relation } = assignment;
  if (value.length < 12) return value.length >= 6 ? 'weak' : undefined;
  if (relation === 'fallback' || /\d/.test(value)) return 'chosen';
  return configuration && !isStockPassword(value) ? 'chosen' : 'weak';
}

/** The same of a value that the code itself signs or encrypts with, whatever it is called. A word in a digest tells digests apart. */
export function assessUsedSecret(value: string, isDigest: boolean): Evidence | undefined {
  if (value.length > 512 || value.trim() === '' || /\$\{|BEGIN /.test(value)) return undefined;
  if (isRandom(value, 'own')) return 'random';
  if (isDigest && /^[a-z]+(?:[-_:.][a-z0-9]+)*$/.test(value)) return undefined;
  return value.length >= 8 && !isStockPassword(value) ? 'chosen' : 'weak';
}

/** `settings.openai.apiKey`: identifiers joined by dots. */
function isMemberPath(value: string): boolean {
  const parts = value.split('.');
  return parts.length > 1 && parts.every((part) => /^[A-Za-z_$][A-Za-z_$]{0,40}$/.test(part));
}

/** `password: 'password'`, `apiKey: 'openai-api-key'`, `TOKEN = 'access_token'`: the value is a name again. */
function repeatsName(value: string, name: string): boolean {
  if (/\d{3}/.test(value)) return false;
  const known = new Set(splitWords(name));
  const words = splitWords(value);
  return (
    words.length > 0 &&
    words.every(
      (word) =>
        known.has(word) ||
        /^(?:api|access|auth|key|secret|token|password|id|user|client|x|the|app|env|name|field|header|input)$/.test(
          word,
        ),
    )
  );
}

/** Too short, or of too few kinds of characters, to tell random from chosen; but no words. */
function isShortlyRandom(value: string): boolean {
  if (/^\d{15,40}$/.test(value)) return entropy(value) >= 2.5;
  if (value.length < 12 || !/^[A-Za-z0-9_-]+$/.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value))
    return false;
  return entropy(value) >= 3 && wordShare(value) < 0.4 && !isCompound(value);
}

/** Longer than identifiers that are numbers: those have at most 64 bits. */
function isLongNumber(value: string): boolean {
  return /^\d{28,64}$/.test(value) && entropy(value) >= 2.8;
}

/** Whether a text looks drawn at random from its alphabet, rather than typed or composed of words. */
export function isRandom(value: string, name: NameClass): boolean {
  const minimum = name === 'key' ? 20 : 16;
  if (value.length < minimum) return false;
  const bits = entropy(value);
  const digits = value.replace(/\D/g, '').length / value.length;
  // the longer a random text without capitals, the likelier it holds syllables by chance; digits all over it outweigh them
  const words = wordShare(value) < (value.length >= 24 && digits >= 0.15 ? 0.65 : 0.5);
  switch (alphabetOf(value)) {
    case 'digits':
      return false;
    case 'hexadecimal':
      return value.length >= 20 && bits >= 3 && digits > 0.2 && /[a-fA-F]/.test(value);
    case 'lower':
    case 'upper':
      return bits >= 3.2 && digits >= 0.08 && words;
    case 'letters':
      return value.length >= 24 && bits >= 4 && wordShare(value) < 0.4 && caseChanges(value) > 0.3;
    case 'alphanumeric':
      return bits >= 3.3 && digits > 0.02 && words;
    case 'base64':
      return bits >= 3.5 && digits > 0.03 && words && !isCompound(value);
    default:
      return (
        bits >= 3.7 && digits > 0.03 && wordShare(value) < 0.45 && /^[!-~]+$/.test(value) && !/[,;<>|]/.test(value)
      );
  }
}

/** Short pieces between separators, most of them plain words or numbers: `gpt-4o-mini-2024-07-18`, `us-east-1-key-2`. */
function isCompound(value: string): boolean {
  const pieces = value.split(/[-_/+=]+/).filter((piece) => piece !== '');
  if (pieces.length < 3) return false;
  const plain = pieces.filter((piece) => /^(?:[a-z]+\d{0,4}|[A-Z]+|[A-Z][a-z]+|\d{1,12}|v\d+)$/.test(piece));
  return plain.join('').length / pieces.join('').length > 0.6;
}

function caseChanges(value: string): number {
  let changes = 0;
  for (let i = 1; i < value.length; i++) if (/[a-z]/.test(value[i]!) !== /[a-z]/.test(value[i - 1]!)) changes++;
  return changes / value.length;
}
