import type { ApiKnowledge, NameClass } from '../core/knowledge.js';

/** The label of values whose name says that they are no content: ids, counts, models, roles. */
export const NEUTRAL = 'neutral';

/** Members through which the content of something wrapped is reached: the wrapper's label goes on to them. */
const CONTAINER = new Set([
  'value',
  'current',
  'data',
  'text',
  'content',
  'body',
  'result',
  'output',
  'message',
  'raw',
  'plain',
  '[]',
  '*',
  '%',
  '%state',
]);

/** Functions whose result is a truth value or a number, by their names. */
const PREDICATE =
  /^(is|has|can|should|was|were|will|does|contains|includes|exists|validate|verify|matches|equals|compare|count|check|assert|ensure)(?=[A-Z_]|$)|^(len|size|length|indexOf|typeof)$/;

/** Functions that make digests, by their names: what comes out tells nothing of what went in. */
const DIGEST =
  /^(hash|md5|sha1|sha224|sha256|sha384|sha512|digest|hexdigest|hmac|bcrypt|argon2|pbkdf2|scrypt|fingerprint)(?=[A-Z_]|$)|Hash$|(Md5|MD5|Sha\d+|SHA\d+|Digest)$/;

/** What names say, memoised. */
export class Names {
  readonly #classes = new Map<string, NameClass | undefined>();

  constructor(private readonly knowledge: ApiKnowledge) {}

  /** The label that a name gives, '' for none. Low evidence gives none. */
  label(name: string): string {
    const found = this.#classify(name);
    return found && found.confidence !== 'low' ? found.kind : '';
  }

  isNeutral(name: string): boolean {
    return this.#classify(name)?.kind === NEUTRAL;
  }

  isContainer(name: string): boolean {
    return CONTAINER.has(name) || (name.charCodeAt(0) >= 48 && name.charCodeAt(0) <= 57);
  }

  isPredicate(name: string): boolean {
    return PREDICATE.test(name);
  }

  isDigest(name: string): boolean {
    return DIGEST.test(name);
  }

  #classify(name: string): NameClass | undefined {
    if (this.#classes.has(name)) return this.#classes.get(name);
    const found = name.length > 1 && name.length < 80 ? this.knowledge.classifyName(name) : undefined;
    this.#classes.set(name, found);
    return found;
  }
}
