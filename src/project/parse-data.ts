import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { parse as parseYamlText, YAMLParseError } from 'yaml';
import type { DiagnosticSink } from '../core/diagnostic.js';
import { nestsDeeperThan } from '../core/nesting.js';
import { LineIndex } from '../core/span.js';

/** Settings nest about ten deep. */
const DEPTH = 500;

/**
 * The one place of this folder that reads JSON with comments and YAML. A text that does not parse is a `configuration` diagnostic with its
 * line, and whatever could be read of it is used.
 */
export function parseJson(path: string, text: string, report: DiagnosticSink): unknown {
  if (isTooDeep(path, text, report)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return parseJsonWithComments(path, text, report);
  }
}

function parseJsonWithComments(path: string, text: string, report: DiagnosticSink): unknown {
  if (text.trim() === '') return undefined;
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first) {
    const { line, column } = new LineIndex(text).position(first.offset);
    const problem = printParseErrorCode(first.error).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    report({ kind: 'configuration', message: `is not valid JSON:${problem}`, file: path, line, column });
  }
  return value;
}

export function parseYaml(path: string, text: string, report: DiagnosticSink): unknown {
  if (isTooDeep(path, text, report)) return undefined;
  try {
    return parseYamlText(text, { logLevel: 'error', maxAliasCount: 100 });
  } catch (error) {
    const place = error instanceof YAMLParseError ? error.linePos?.[0] : undefined;
    const message = error instanceof Error ? error.message.split(/ at line \d+|\n/, 1)[0]! : 'unreadable';
    report({
      kind: 'configuration',
      message: `is not valid YAML: ${message}`,
      file: path,
      ...(place && { line: place.line, column: place.col }),
    });
    return undefined;
  }
}

function isTooDeep(path: string, text: string, report: DiagnosticSink): boolean {
  if (!nestsDeeperThan(text, DEPTH)) return false;
  report({ kind: 'configuration', message: 'is nested too deeply', file: path });
  return true;
}

/** The value where it is an object that is no array. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The strings of an array, or a string by itself; anything else is empty. */
export function asStrings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
