import type { Kind } from '../core/kinds.js';
import type { ApiKnowledge, NameClass } from '../core/knowledge.js';
import { isInternal } from './path-table.js';

/** The label of values whose name says that they are no content: ids, counts, models, roles. */
export const NEUTRAL = 'neutral';

/** The label of names of places, of files and hosts: no content either, but such a thing may matter where it chooses. */
export const PLACE = 'technical';

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

const IDENTIFIER = /(?:Id|ID|_id)$/;

/** Functions whose result is a truth value or a number, by their names. */
const PREDICATE =
  /^(is|has|can|should|was|were|will|does|contains|includes|exists|validate|verify|matches|equals|compare|count|check|assert|ensure)(?=[A-Z_]|$)|^(len|size|length|indexOf|typeof)$/;

/** Functions that make digests, by their names: what comes out tells nothing of what went in. */
const DIGEST =
  /^(hash|md5|sha1|sha224|sha256|sha384|sha512|digest|hexdigest|hmac|bcrypt|argon2|pbkdf2|scrypt|fingerprint)(?=[A-Z_]|$)|Hash$|(Md5|MD5|Sha\d+|SHA\d+|Digest)$/;

/** Whether a label says that what it stands for is no content. */
export function isNoContent(label: string): boolean {
  return label === NEUTRAL || label === PLACE;
}

/** Whether what has a label is no content where a sink puts it: a place that a model chose is none in a log, but chooses where a file goes. */
export function isNoContentAt(label: string, sink: Kind): boolean {
  return label === NEUTRAL || (label === PLACE && /^(log|telemetry|storage)/.test(sink));
}

/** Whether what has one label was found in what has the other, opened: `JSON.parse(atob(apiKey)).email` is an address and no key. */
export function isOpened(label: string, own: string): boolean {
  return label.startsWith('secret') && own.startsWith('personal');
}

/** What names say, memoised. */
export class Names {
  readonly #classes = new Map<string, NameClass | undefined>();

  constructor(private readonly knowledge: ApiKnowledge) {}

  /** The label that a name gives, '' for none. Low evidence gives none. */
  label(name: string): string {
    const found = this.#classify(name);
    if (found && found.confidence !== 'low') return found.kind;
    // What weakly tells a kind and is an id, such as `patientId`, is an id in the first place.
    return found && IDENTIFIER.test(name) ? NEUTRAL : '';
  }

  /** The label that a name gives on little evidence, '' for none: what stands around it has to tell the rest. */
  possible(name: string): string {
    return this.#classify(name)?.kind ?? '';
  }

  isNeutral(name: string): boolean {
    return this.label(name) === NEUTRAL || this.#classify(name)?.kind === NEUTRAL;
  }

  /** The label of `name` in a thing of another name, where that tells that it is no person's: `file.name`, `toolCalls[].name`. */
  labelIn(holder: string, name: string): string {
    const own = this.label(name);
    if (own !== '' || name !== 'name' || holder === '') return own;
    const qualified = this.label(`${holder.replace(/s$/, '')}_name`);
    return isNoContent(qualified) ? qualified : '';
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
    const isName = name.length > 1 && name.length < 80 && !isInternal(name);
    const found = isName ? this.knowledge.classifyName(name) : undefined;
    this.#classes.set(name, found);
    return found;
  }
}
