import { RequestError } from '../../core/errors.js';
import { LineIndex, type Span } from '../../core/span.js';
import { Glob } from '../glob.js';
import { type Entry, entriesOf, itemsOf, type Node, textOf } from '../tree.js';
import { parseTreePath, type TreePath } from '../tree-path.js';

/** Reads the values of one rules file and says with file, line and column what is wrong with them. */
export class Reader {
  readonly #lines: LineIndex;

  constructor(
    readonly file: string,
    text: string,
    /** Named lists: `$name` within a list stands for its words. */
    private readonly words: ReadonlyMap<string, readonly string[]>,
    /** Globs by their source, so that checks share them. */
    private readonly known: Map<string, Glob>,
  ) {
    this.#lines = new LineIndex(text);
  }

  fail(message: string, span: Span): never {
    throw new RequestError(message, { file: this.file, ...this.#lines.position(span.start) });
  }

  /** A mapping of which every key is known. */
  mapping(node: Node, keys: readonly string[]): Map<string, Entry> {
    if (node.kind !== 'mapping') this.fail('expected a mapping', node.span);
    const found = new Map<string, Entry>();
    for (const entry of node.entries) {
      if (!keys.includes(entry.key)) this.fail(`unknown key '${entry.key}' (known: ${keys.join(', ')})`, entry.keySpan);
      if (found.has(entry.key)) this.fail(`key '${entry.key}' is given twice`, entry.keySpan);
      found.set(entry.key, entry);
    }
    return found;
  }

  text(fields: ReadonlyMap<string, Entry>, key: string, parent: Node, fallback?: string): string {
    const entry = fields.get(key);
    if (!entry) return fallback ?? this.fail(`missing key '${key}'`, parent.span);
    const text = textOf(entry.value);
    if (text === undefined) this.fail(`'${key}' must be a text`, entry.value.span);
    return text.trim();
  }

  flag(fields: ReadonlyMap<string, Entry>, key: string): boolean {
    const value = fields.get(key)?.value;
    if (!value) return false;
    if (value.kind !== 'scalar' || typeof value.value !== 'boolean') {
      this.fail(`'${key}' must be true or false`, value.span);
    }
    return value.value;
  }

  oneOf<T extends string>(value: string, choices: readonly T[], span: Span): T {
    const found = choices.find((choice) => choice === value);
    return found ?? this.fail(`'${value}' is none of ${choices.join(', ')}`, span);
  }

  /** A text or a list of texts, named lists replaced. */
  list(node: Node | undefined): string[] {
    return itemsOf(node).flatMap((item) => {
      const text = textOf(item);
      if (text === undefined) this.fail('expected a text', item.span);
      if (!/^\$[a-z]/.test(text)) return [text];
      return this.words.get(text.slice(1)) ?? this.fail(`unknown list '${text}'`, item.span);
    });
  }

  globs(node: Node | undefined): Glob[] {
    return this.list(node).map((source) => {
      const glob = this.known.get(source) ?? new Glob(source);
      this.known.set(source, glob);
      return glob;
    });
  }

  paths(node: Node | undefined): TreePath[] {
    return this.list(node).map((source) => {
      try {
        return parseTreePath(source);
      } catch (error) {
        return this.fail((error as Error).message, node!.span);
      }
    });
  }

  /** The entries of a mapping whose keys are free. */
  entries(node: Node | undefined): readonly Entry[] {
    if (node && node.kind !== 'mapping') this.fail('expected a mapping', node.span);
    return entriesOf(node);
  }
}
