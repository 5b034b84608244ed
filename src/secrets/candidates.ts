import { type Assignment, readAssignment } from './assignment.js';
import { readUrlCredentials } from './authority.js';
import { endsFresh, matchAt, mentions, startsFresh } from './boundary.js';
import type { Candidate } from './candidate.js';
import { readCommandLogins } from './command-login.js';
import { assessSent, assessUsedSecret, assessValue, type Evidence, isEncodedLogin } from './evidence.js';
import { describeFile, type FileContext } from './file-context.js';
import { isForAnyName, type KeywordUse, type SecretFormat, type SecretFormats } from './format.js';
import { readKeyBlock } from './key-block.js';
import { isManifestKind, readManifestData } from './kubernetes.js';
import type { ReadValue } from './literal.js';
import { classifySecretName, hasSecretNoun, type NameClass, splitWords } from './secret-name.js';
import { isSigningOption, readConstants, readSigningSecret } from './signing-use.js';
import { hasStructure } from './structure.js';

/** Collects candidates of one text while the prefilter walks over it. The file is described only when a keyword asks for it. */
export class CandidateCollector {
  readonly candidates: Candidate[] = [];
  #file: FileContext | undefined;
  /** End of the last name that was read: a name that holds two nouns is read once. */
  #nameEnd = -1;
  #constants: ReadonlyMap<string, ReadValue | undefined> | undefined;

  constructor(
    readonly path: string,
    readonly text: string,
    readonly formats: SecretFormats,
  ) {}

  #readConstants(): ReadonlyMap<string, ReadValue | undefined> {
    this.#constants ??= readConstants(this.text);
    return this.#constants;
  }

  get file(): FileContext {
    this.#file ??= describeFile(this.path, this.text);
    return this.#file;
  }

  collect(): readonly Candidate[] {
    const { keywords, prefilter } = this.formats;
    prefilter.scan(this.text, (keyword, end) => this.#visit(keywords[keyword]!, end));
    return this.candidates;
  }

  #visit(use: KeywordUse, end: number): void {
    const start = end - use.text.length;
    // the first that matches is the most special one of this keyword
    use.formats.some((format) =>
      format.recognition === 'key-block' ? this.#block(format, start) : this.#token(format, start),
    );
    if (use.noun) this.#assignment(start, end);
    else if (use.scheme) this.#authorization(start, end);
    else if (use.url) this.#url(start);
    else if (use.owner) this.#owned(use.text, start, end);
    else if (use.command) this.#command(end);
    else if (use.signer) this.#signer(end);
  }

  #token(format: SecretFormat, keyword: number): boolean {
    const { text } = this;
    for (let before = format.before[0]; before <= format.before[1]; before++) {
      const start = keyword - before;
      if (start < 0 || !startsFresh(text, start)) continue;
      const found = matchAt(format.expression, text, start);
      if (!found || !endsFresh(text, found.matchEnd) || !this.#isNear(format, start)) continue;
      this.candidates.push({ format, value: found.value, start: found.start, end: found.start + found.value.length });
      return true;
    }
    return false;
  }

  #block(format: SecretFormat, start: number): boolean {
    const header = matchAt(format.expression, this.text, start);
    if (!header || !this.#isNear(format, start)) return false;
    const block = readKeyBlock(this.text, start, header.matchEnd);
    if (!block) return false;
    this.candidates.push({
      format,
      value: this.text.slice(block.start, block.end),
      start: block.start,
      end: block.end,
    });
    return true;
  }

  #isNear(format: SecretFormat, start: number): boolean {
    if (!format.near) return true;
    const before = this.text.slice(Math.max(0, start - format.near.within), start).toLowerCase();
    return format.near.texts.some((text) => mentions(before, text));
  }

  #assignment(start: number, end: number): void {
    if (start < this.#nameEnd) return;
    if (isManifestKind(this.text, start, end)) this.#manifest(end);
    const assignment = readAssignment(this.text, start, end, this.file.syntax);
    if (!assignment) return;
    this.#nameEnd = end;
    const signs = isSigningOption(this.text, assignment.name, assignment.nameStart);
    const name = signs ? 'own' : classifySecretName(assignment.name);
    if (name) this.#value(withoutScheme(assignment), name);
    else if (/auth$/i.test(assignment.name)) this.#login(assignment);
    else if (hasSecretNoun(assignment.name)) this.#shaped(assignment);
  }

  /** `{ mistral: '…' }`: the provider's name is the name of its key. */
  #owned(owner: string, start: number, end: number): void {
    const { text } = this;
    if (start < this.#nameEnd || isLetter(text, start - 1) || isLetter(text, end)) return;
    const assignment = readAssignment(text, start, end, this.file.syntax);
    if (!assignment || splitWords(assignment.name).join('') !== owner) return;
    this.#shaped(assignment);
  }

  /** `_auth = <Base64 of user:password>`. */
  #login({ name, value, start, end }: Assignment): void {
    const format = this.formats.byId.get(GENERIC_FORMAT.password);
    if (!format || !isEncodedLogin(value)) return;
    this.candidates.push({ format, name, value, start, end, nameClass: 'password', evidence: 'random' });
  }

  /** A value of a provider's shape, the provider being named: what else its name says does not matter. */
  #shaped(assignment: Assignment): void {
    const { name, value, start, end } = assignment;
    const format = this.#named(assignment);
    if (format && !isForAnyName(format)) this.candidates.push({ format, name, value, start, end });
  }

  /** `curl -u user:password`. */
  #command(end: number): void {
    const format = this.formats.urls.find((each) => each.expression.test('curl'));
    if (!format) return;
    for (const login of readCommandLogins(this.text, end)) {
      this.candidates.push({ format, value: login.password, start: login.start, end: login.end, url: login });
    }
  }

  /** `createHmac('sha256', 'value')`: whatever stands there is the secret. */
  #signer(end: number): void {
    const format = this.formats.byId.get(GENERIC_FORMAT.own);
    const literal =
      this.file.syntax === 'code' && format
        ? readSigningSecret(this.text, end, () => this.#readConstants())
        : undefined;
    const isDigest = this.text.startsWith('Hmac', end - 'Hmac('.length);
    const evidence = literal && assessUsedSecret(literal.text, isDigest);
    if (!format || !literal || !evidence) return;
    const { text: value, start, end: after } = literal;
    this.candidates.push({ format, value, start, end: after, name: 'secret', nameClass: 'own', evidence });
  }

  /** The data of a Kubernetes Secret. */
  #manifest(end: number): void {
    const format = this.formats.byId.get('kubernetes-secret');
    if (!format) return;
    for (const { name, value, start, decoded } of readManifestData(this.text, end)) {
      const assignment: Assignment = {
        name,
        nameStart: start,
        value: decoded,
        start,
        end: start + value.length,
        relation: 'plain',
        partial: false,
      };
      const evidence = /PRIVATE KEY|"auths?"/.test(decoded) ? 'random' : assessValue(assignment, 'password', true);
      if (evidence)
        this.candidates.push({ format, value, start, end: assignment.end, name, nameClass: 'password', evidence });
    }
  }

  /** `Bearer <token>` and `Basic <base64>`, wherever they stand. */
  #authorization(start: number, end: number): void {
    const { text } = this;
    if (start > 0 && /[A-Za-z0-9]/.test(text[start - 1]!)) return;
    const found = matchAt(/([A-Za-z0-9._~+/=-]{16,2000})/y, text, end);
    if (!found) return;
    this.#value(
      {
        name: 'Authorization',
        nameStart: start,
        value: found.value,
        start: end,
        end: found.matchEnd,
        relation: 'call',
        partial: /^["'`]?\s*\+|^\$?\{|^[<[]/.test(text.slice(found.matchEnd, found.matchEnd + 4)),
      },
      'issued',
    );
  }

  #url(colon: number): void {
    const url = readUrlCredentials(this.text, colon);
    if (!url) return;
    const format = this.formats.urls.find((each) => each.expression.test(url.scheme));
    if (format) this.candidates.push({ format, value: url.password, start: url.start, end: url.end, url });
  }

  #value(assignment: Assignment, nameClass: NameClass): void {
    const base = {
      value: assignment.value,
      start: assignment.start,
      end: assignment.end,
      name: assignment.name,
      nameClass,
      fallback: assignment.relation === 'fallback',
    };
    const format = this.#named(assignment);
    if (format) {
      this.candidates.push({ ...base, format });
      return;
    }
    if (assignment.partial) return;
    const evidence = this.#assess(assignment, nameClass);
    const generic = evidence && this.formats.byId.get(GENERIC_FORMAT[nameClass]);
    if (generic) this.candidates.push({ ...base, format: generic, evidence });
  }

  #assess(assignment: Assignment, nameClass: NameClass): Evidence | undefined {
    const evidence = assessValue(assignment, nameClass, this.#isConfiguration());
    if (evidence === 'random' && this.#isBroken(assignment)) return 'weak';
    if (evidence === 'random' || nameClass !== 'issued' || !this.#isSent(assignment)) return evidence;
    return assessSent(assignment.value) ?? evidence;
  }

  /** `curl -H "X-Api-Key: value"`. */
  #isSent({ nameStart }: Assignment): boolean {
    return /(?:-H|--header)[ \t=]{1,4}\\?["']$/.test(this.text.slice(Math.max(0, nameStart - 16), nameStart));
  }

  /** The name is that of a provider's key, and the value what no such key can be. */
  #isBroken({ value, name }: Assignment): boolean {
    const folded = `${name} ${splitWords(name).join(' ')}`.toLowerCase();
    return this.formats.named.some(
      ({ broken, keywords }) =>
        broken?.test(value) && keywords.some((keyword) => mentions(folded, keyword.toLowerCase())),
    );
  }

  /** Files whose whole purpose is to hold values that are used as they stand. */
  #isConfiguration(): boolean {
    return this.file.syntax === 'env' || this.file.syntax === 'ini' || this.file.syntax === 'yaml';
  }

  #named(assignment: Assignment): SecretFormat | undefined {
    const { value, name, nameStart } = assignment;
    if (value.length < SHORTEST_NAMED) return undefined;
    let around: string | undefined;
    return this.formats.named.find((format) => {
      const found = format.expression.exec(value);
      if (!found || found[0].length !== value.length || !hasStructure(format, value)) return false;
      around ??=
        `${this.text.slice(Math.max(0, nameStart - 160), nameStart)} ${name} ${splitWords(name).join(' ')}`.toLowerCase();
      return format.keywords.some((keyword) => keyword === '*' || mentions(around!, keyword.toLowerCase()));
    });
  }
}

/** Values of known shapes that only names tell are at least this long. */
const SHORTEST_NAMED = 15;

function isLetter(text: string, at: number): boolean {
  return /[A-Za-z]/.test(text[at] ?? '');
}

const GENERIC_FORMAT: Readonly<Record<NameClass, string>> = {
  issued: 'generic-api-key',
  key: 'generic-api-key',
  own: 'generic-own-secret',
  password: 'generic-password',
};

/** `Bearer x`, `token x`, `Key x`: the scheme of an authorization header is not part of the credential. */
function withoutScheme(assignment: Assignment): Assignment {
  const scheme = /^(?:Bearer|Token|Key|Api-?Key|Api-?Token|Basic|Bot)[ ]{1,4}/i.exec(assignment.value)?.[0].length ?? 0;
  if (scheme === 0) return assignment;
  return { ...assignment, value: assignment.value.slice(scheme), start: assignment.start + scheme, relation: 'call' };
}
