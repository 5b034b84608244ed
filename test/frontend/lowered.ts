import { expect } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { lowerFile } from '../../src/frontend/js/lower-file.js';
import { checkFile } from '../../src/ir/checker.js';
import type { FileIR } from '../../src/ir/file.js';
import { printFile, printFunction } from '../../src/ir/printer.js';

/** Lowers a text and makes sure that the result is well formed and complete. */
export function lowered(text: string, path = 'file.ts'): FileIR {
  const file = lowerFile(path, text, DEFAULT_LIMITS);
  expect(checkFile(file)).toEqual([]);
  expect(file.diagnostics).toEqual([]);
  return file;
}

/** The listing of all functions of a text, without indentation, trimmed. */
export function listing(text: string, path = 'file.ts'): string {
  return outdent(printFile(lowered(text, path)));
}

/** The listing of the function of a qualified name. */
export function listingOf(name: string, text: string, path = 'file.ts'): string {
  const file = lowered(text, path);
  const index = file.functions.findIndex((one) => one.qualifiedName === name);
  expect(index, `${name} among ${file.functions.map((one) => one.qualifiedName)}`).not.toBe(-1);
  return outdent(printFunction(file, index));
}

/** The instructions of the body of `function f(…) { body }`, without the head and the closing return. */
export function body(text: string, params = '', path = 'file.ts'): string {
  const lines = listingOf('f', `async function f(${params}) {\n${text}\n}`, path).split('\n').slice(1);
  if (lines.at(-1) === 'return -') lines.pop();
  if (lines[0] === 'b0:') lines.shift();
  return lines.join('\n');
}

/** Removes indentation, so that expected listings can stand anywhere. */
export function outdent(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}
