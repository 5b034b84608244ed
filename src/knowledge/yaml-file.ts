import { isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { RequestError } from '../core/errors.js';
import { SelectorError } from './selector-tokens.js';

/** Where in a document a value stands: keys and indices from the top. */
export type DocumentPath = readonly (string | number)[];

/** Data whose texts are parsed further, with a way to say where a text stands. */
export interface PlacedData<Data> {
  readonly data: Data;
  /** Runs a parser on the text at `path` and gives its faults their place in the file. */
  parse<Result>(path: DocumentPath, parser: () => Result): Result;
  /** Like `parse`, for a text that is a key of the map at `path`. */
  parseKey<Result>(path: DocumentPath, key: string, parser: () => Result): Result;
}

/** Data that is known to be right. */
export class Unplaced<Data> implements PlacedData<Data> {
  constructor(readonly data: Data) {}

  parse<Result>(_path: DocumentPath, parser: () => Result): Result {
    return parser();
  }

  parseKey<Result>(_path: DocumentPath, _key: string, parser: () => Result): Result {
    return parser();
  }
}

/** A YAML file that fits its schema, with the means to say where something in it is wrong. */
export class YamlFile<Data> implements PlacedData<Data> {
  readonly #document;
  readonly #lines = new LineCounter();
  readonly data: Data;

  /** Throws `RequestError` with the place of the first fault: of the syntax, else of the shape. */
  constructor(
    readonly file: string,
    text: string,
    schema: z.ZodType<Data>,
  ) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const fault = this.#document.errors[0];
    if (fault) throw this.#errorAt(fault.message, fault.pos[0]);
    const result = schema.safeParse(this.#document.toJS());
    if (!result.success) {
      const issue = deepest(result.error.issues[0]!);
      throw this.error(issue.message, issue.path);
    }
    this.data = result.data;
  }

  /** The fault `message` at the value at `path`, or at `offset` characters into its text. */
  error(message: string, path: DocumentPath, offset = 0): RequestError {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? this.#document.contents : this.#document.getIn(path.slice(0, length), true);
      const range = (node as { range?: readonly [number, number, number] } | null | undefined)?.range;
      if (!range) continue;
      const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
      return this.#errorAt(message, range[0] + (length === path.length ? offset + (quoted ? 1 : 0) : 0));
    }
    return this.#errorAt(message, 0);
  }

  /** Like `error`, for a fault in the key `key` of the map at `path`. */
  keyError(message: string, path: DocumentPath, key: string, offset: number): RequestError {
    const map = this.#document.getIn(path, true) as { items?: readonly { key: unknown }[] } | undefined;
    const node = map?.items?.find((pair) => isScalar(pair.key) && String(pair.key.value) === key)?.key;
    if (!isScalar(node) || !node.range) return this.error(message, path);
    const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
    return this.#errorAt(message, node.range[0] + offset + (quoted ? 1 : 0));
  }

  parse<Result>(path: DocumentPath, parser: () => Result): Result {
    try {
      return parser();
    } catch (error) {
      if (error instanceof SelectorError) throw this.error(error.message, path, error.offset);
      throw error;
    }
  }

  parseKey<Result>(path: DocumentPath, key: string, parser: () => Result): Result {
    try {
      return parser();
    } catch (error) {
      if (error instanceof SelectorError) throw this.keyError(error.message, path, key, error.offset);
      throw error;
    }
  }

  #errorAt(message: string, offset: number): RequestError {
    const { line, col } = this.#lines.linePos(offset);
    return new RequestError(message.replace(/\s+/g, ' '), { file: this.file, line, column: col });
  }
}

interface Issue {
  readonly message: string;
  readonly path: DocumentPath;
}

/** The fault of a union is the one of the alternative that came furthest. */
function deepest(issue: z.core.$ZodIssue, above: DocumentPath = []): Issue {
  const path: DocumentPath = [...above, ...(issue.path as (string | number)[])];
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flatMap((issues) => issues.map((each) => deepest(each, path)));
    const best = inner.reduce<Issue | undefined>((a, b) => (a && a.path.length >= b.path.length ? a : b), undefined);
    if (best && best.path.length > path.length) return best;
  }
  return { message: issue.message, path };
}
