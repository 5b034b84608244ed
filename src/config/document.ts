import { isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { RequestError } from '../core/errors.js';

/** Where in a document a value stands: keys and indices from the top. */
export type DocumentPath = readonly (string | number)[];

/** What is wrong at a place: at the value there or, for a key that should not be, at the key. */
export interface Fault {
  readonly message: string;
  readonly path: DocumentPath;
  readonly atKey: boolean;
}

/** A configuration larger than this is none. Why: the largest real ones have some hundred lines; a parser's memory is many times the text. */
export const LARGEST_DOCUMENT = 262_144;

/** What the parser says in its own terms, in ours. */
const SYNTAX: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands here twice',
  TAG_RESOLVE_FAILED: 'tags are not understood',
  NON_STRING_KEY: 'keys are texts',
};

/** A YAML or JSON file, parsed as data, with the means to say where something in it stands. JSON is read as the YAML that it is. */
export class ConfigDocument {
  readonly #document;
  readonly #lines = new LineCounter();
  readonly data: unknown;

  /**
   * @param file how messages name the file
   * @param top keys that lead to the configuration within the file: `spillcheck` in a package.json
   * @throws RequestError for the first fault of the syntax
   */
  constructor(
    readonly file: string,
    text: string,
    readonly top: DocumentPath = [],
  ) {
    if (text.length > LARGEST_DOCUMENT) throw new RequestError('too large to be a configuration', { file });
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, stringKeys: true });
    if (file.endsWith('.json')) this.#checkJson(text);
    const fault = this.#document.errors[0] ?? this.#document.warnings[0];
    if (fault) throw this.#errorAt(`is no valid YAML: ${SYNTAX[fault.code] ?? fault.message}`, fault.pos[0]);
    visit(this.#document, {
      Pair: (_, { key }) => {
        if (isScalar(key) && key.value === '__proto__')
          throw this.#errorAt("'__proto__' is no key", key.range?.[0] ?? 0);
      },
    });
    const node = this.#node(top);
    try {
      this.data = node?.toJS(this.#document) ?? null;
    } catch (error) {
      // aliases that multiply, nesting that overflows the stack
      throw this.#errorAt(error instanceof Error ? error.message : String(error), 0);
    }
  }

  /** Whether the place within the file holds anything. */
  get isPresent(): boolean {
    return this.#node(this.top) !== undefined;
  }

  error({ message, path, atKey }: Fault): RequestError {
    return this.#errorAt(message, this.#offset([...this.top, ...path], atKey));
  }

  /** Of several faults the one that stands first, with the number of the others. */
  firstError(faults: readonly Fault[]): RequestError {
    const placed = faults.map((fault) => ({ fault, offset: this.#offset([...this.top, ...fault.path], fault.atKey) }));
    placed.sort((a, b) => a.offset - b.offset);
    const [{ fault, offset } = { fault: { message: 'is not understood' }, offset: 0 }, ...others] = placed;
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return this.#errorAt(fault.message + more, offset);
  }

  /** One-based line of a value. */
  line(path: DocumentPath): number {
    return this.#lines.linePos(this.#offset([...this.top, ...path], false)).line;
  }

  #node(path: DocumentPath): Node | undefined {
    const node = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    return (node as Node | null | undefined) ?? undefined;
  }

  #offset(path: DocumentPath, atKey: boolean): number {
    for (let length = path.length; length >= 0; length--) {
      if (atKey && length === path.length && length > 0) {
        const map = this.#node(path.slice(0, -1));
        const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
        if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0];
      }
      const range = this.#node(path.slice(0, length))?.range;
      if (range) return range[0];
    }
    return 0;
  }

  /** What YAML reads and JSON does not (comments, missing quotes) would work here and nowhere else. */
  #checkJson(text: string): void {
    try {
      JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const position = Number(/position (\d+)/.exec(message)?.[1] ?? (/end of JSON/.test(message) ? text.length : 0));
      throw this.#errorAt(`is no valid JSON: ${message.replace(/ in JSON at position.*| \(line.*/, '')}`, position);
    }
  }

  #errorAt(message: string, offset: number): RequestError {
    const { line, col } = this.#lines.linePos(offset);
    return new RequestError(message.replace(/\s+/g, ' '), { file: this.file, line, column: col });
  }
}
