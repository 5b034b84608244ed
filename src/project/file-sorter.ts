import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import type { DiagnosticSink } from '../core/diagnostic.js';
import type { Limits } from '../core/limits.js';
import { type FileKind, fileKind } from './file-kind.js';
import { inspectCode, isBinary } from './inspect.js';

/**
 * Why an entry was left out of the analysis. A folder that is left out counts once, not once per file in it. Credentials are looked for
 * in what is `vendored`, `minified` or (up to a size) `too large`, and in `build output` that is committed.
 */
export type SkipReason =
  | 'ignored'
  | 'dependency'
  | 'build output'
  | 'vendored'
  | 'minified'
  | 'too large'
  | 'binary'
  | 'unreadable';

/** Text that is no code is read up to this many times the limit of a code file: lockfiles and notebooks are larger than sources. */
export const TEXT_FACTOR = 16;
const RUNTIME_SHEBANG = /^#!.*\b(?:node|bun|deno|tsx|ts-node|zx)\b/;
/** A translation file of Qt, whose extension is `.ts` too. */
const QT_TRANSLATION = /^\s*<(?:\?xml|!DOCTYPE TS)/;
const HEAD_BYTES = 8000;

/** Sorts files into lists by what is to be done with them, and counts what is left out. */
export class FileSorter {
  readonly code: string[] = [];
  readonly declarations: string[] = [];
  readonly configuration: string[] = [];
  readonly unparsed: string[] = [];
  readonly searched: string[] = [];
  readonly skipped = new Map<SkipReason, number>();

  /**
   * @param root absolute path of the scanned folder
   * @param searchOnly nothing is analysed: all text is to be searched, and no file is opened
   */
  constructor(
    readonly root: string,
    readonly limits: Limits,
    readonly report: DiagnosticSink,
    readonly searchOnly = false,
  ) {}

  /** @param path relative to the root */
  add(path: string): void {
    const kind = fileKind(path);
    if (kind === 'asset' || this.searchOnly) this.addSearched(path);
    else if (kind === 'binary') this.skip(kind);
    else {
      try {
        this.#addText(path, kind);
      } catch (error) {
        this.unreadable(path, error);
      }
    }
  }

  /** For text in which only credentials are looked for. Whether it is text, and not too large, will be seen when it is read. */
  addSearched(path: string): void {
    if (fileKind(path) === 'binary') this.skip('binary');
    else this.searched.push(path);
  }

  skip(reason: SkipReason): void {
    this.skipped.set(reason, (this.skipped.get(reason) ?? 0) + 1);
  }

  unreadable(path: string, error: unknown): void {
    this.skip('unreadable');
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    this.report({ kind: 'unreadable', message: `cannot be read (${code})`, file: path === '' ? '.' : path });
  }

  #addText(path: string, kind: FileKind): void {
    const absolute = `${this.root}/${path}`;
    const { size } = statSync(absolute);
    if (size > this.limits.fileBytes * (kind === 'code' ? 1 : TEXT_FACTOR)) this.#addLarge(path, kind, size);
    else if (kind === 'code') this.#addCode(path, readFileSync(absolute));
    else if (kind === 'unknown') this.#addUnknown(path, readHead(absolute));
    else if (kind === 'declaration') this.declarations.push(path);
    // The name of a text file is believed: who opens it will see.
    else this.configuration.push(path);
  }

  #addCode(path: string, bytes: Buffer): void {
    if (isBinary(bytes)) this.skip('binary');
    else if (QT_TRANSLATION.test(bytes.subarray(0, 100).toString('latin1'))) this.searched.push(path);
    else {
      const reason = inspectCode(path, bytes, this.limits);
      if (!reason) this.code.push(path);
      else this.skip(reason);
      if (reason === 'vendored') this.searched.push(path);
      if (reason !== 'minified') return;
      this.unparsed.push(path);
      const message = 'minified or generated: not followed, only searched for secrets';
      this.report({ kind: 'skipped-file', message, file: path });
    }
  }

  #addUnknown(path: string, head: Buffer): void {
    if (isBinary(head)) this.skip('binary');
    else if (RUNTIME_SHEBANG.test(head.subarray(0, 200).toString('latin1'))) this.code.push(path);
    else this.configuration.push(path);
  }

  #addLarge(path: string, kind: FileKind, size: number): void {
    this.skip('too large');
    const isSearched = kind === 'code' && size <= this.limits.fileBytes * TEXT_FACTOR;
    if (isSearched) this.unparsed.push(path);
    const rest = isSearched ? 'not followed, only searched for secrets' : 'not read';
    this.report({ kind: 'skipped-file', message: `${size} bytes are more than the limit: ${rest}`, file: path });
  }
}

/** As much of a file as tells text from binary data. */
function readHead(absolute: string): Buffer {
  const file = openSync(absolute, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return head.subarray(0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}
