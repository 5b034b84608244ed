import type { Finding } from '../core/finding.js';
import { LineIndex, type Location, type Position, type Span } from '../core/span.js';
import { findBuiltInSecrets } from './built-in-secrets.js';
import type { ReportContext } from './context.js';
import { lineHashes } from './line-hashes.js';
import { maskText } from './mask.js';

/** Where a location starts and ends; the end is exclusive. */
export interface Region {
  readonly start: Position;
  readonly end: Position;
}

interface SourceText {
  /** Line starts of the text, every credential in it masked in place. */
  readonly lines: LineIndex;
  hashes: readonly string[] | undefined;
}

/** The texts of the files that a report speaks of. Each is read, masked and indexed once; no unmasked text leaves this class. */
export class SourceTexts {
  readonly #files = new Map<string, SourceText | undefined>();
  readonly #literals = new Map<string, Location[]>();

  constructor(
    private readonly context: Pick<ReportContext, 'texts' | 'findSecrets'>,
    findings: readonly Finding[],
  ) {
    for (const { ruleId, location } of findings) {
      if (ruleId !== 'hardcoded-secret') continue;
      const known = this.#literals.get(location.file);
      if (known) known.push(location);
      else this.#literals.set(location.file, [location]);
    }
  }

  /** The lines of the masked text; undefined when the text cannot be had. */
  lines(file: string): LineIndex | undefined {
    return this.#source(file)?.lines;
  }

  /** Lines and columns of a location; undefined when the text cannot be had. */
  region(location: Location): Region | undefined {
    const lines = this.lines(location.file);
    if (!lines) return undefined;
    const start = Math.min(location.start, lines.text.length);
    const end = Math.min(Math.max(location.end, start), lines.text.length);
    return { start: lines.position(start), end: lines.position(end) };
  }

  /** `file:line`, or the file alone when its text cannot be had. */
  place(location: Location): string {
    const region = this.region(location);
    return region ? `${location.file}:${region.start.line}` : location.file;
  }

  /** GitHub's hash of a one-based line of a file. */
  lineHash(file: string, line: number): string | undefined {
    const source = this.#source(file);
    if (!source) return undefined;
    source.hashes ??= lineHashes(this.context.texts(file) ?? '');
    return source.hashes[line - 1];
  }

  /** A text of the report itself, such as a message, every credential in it masked. */
  mask(text: string): string {
    const found = this.context.findSecrets?.(text) ?? [];
    return maskText(text, [...findBuiltInSecrets(text), ...found]);
  }

  /** The literals that findings call credentials, without their quotes. */
  #literalSpans(file: string, text: string): Span[] {
    return (this.#literals.get(file) ?? []).map(({ start, end }) => {
      const quoted = /^["'`]/.test(text[start] ?? '') && text[start] === text[end - 1];
      return quoted ? { start: start + 1, end: end - 1 } : { start, end };
    });
  }

  #source(file: string): SourceText | undefined {
    if (!this.#files.has(file)) this.#files.set(file, this.#read(file));
    return this.#files.get(file);
  }

  #read(file: string): SourceText | undefined {
    const text = this.context.texts(file)?.replace(/^\ufeff/, '');
    if (text === undefined) return undefined;
    const found = this.context.findSecrets?.(text) ?? [];
    const secrets = [...findBuiltInSecrets(text), ...found, ...this.#literalSpans(file, text)];
    return { lines: new LineIndex(maskText(text, secrets)), hashes: undefined };
  }
}
