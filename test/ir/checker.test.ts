import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { lowerFile } from '../../src/frontend/js/lower-file.js';
import { checkFile } from '../../src/ir/checker.js';
import type { FileIR } from '../../src/ir/file.js';
import { Op } from '../../src/ir/instruction.js';

const TEXT = `
import a from 'a';
export const f = (p) => { try { if (p) return a; } catch { return () => p; } };
class A { m() {} }`;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function sound(): FileIR {
  return lowerFile('file.ts', TEXT, DEFAULT_LIMITS);
}

/** The faults of the file after its instructions of one operation are changed. */
function withChanged(op: Op, change: (code: Int32Array, at: number) => void): string[] {
  const file = sound();
  let found = 0;
  for (let at = 0; at < file.code.length; ) {
    const length = file.code[at]! >> 8;
    if ((file.code[at]! & 0xff) === op && found++ === 0) change(file.code, at);
    at += length;
  }
  expect(found).toBeGreaterThan(0);
  return checkFile(file).map((fault) => fault.replace(/ at \d+/, ''));
}

it('finds nothing in a sound file', () => {
  expect(checkFile(sound())).toEqual([]);
});

it.each<[string, Op, number, number, string]>([
  ['a slot', Op.Return, 3, 99, 'file.ts <module>: slot? 99 of Return out of range'],
  ['a target', Op.Closure, 3, -1, 'file.ts <module>: define -1 of Closure out of range'],
  ['a function', Op.Closure, 4, 9, 'file.ts <module>: function 9 of Closure out of range'],
  ['a block', Op.Branch, 4, 0, 'file.ts f: block 0 of Branch out of range'],
  ['an import', Op.Import, 4, 1, 'file.ts f: import 1 of Import out of range'],
  ['a variable', Op.StoreVariable, 3, 1, 'file.ts <module>: variable 1 of StoreVariable out of range'],
  ['a class', Op.Class, 4, 1, 'file.ts <module>: class 1 of Class out of range'],
  ['a span', Op.Import, 2, 0, 'file.ts f: span of Import'],
])('finds %s out of range', (_, op, operand, value, fault) => {
  expect(
    withChanged(op, (code, at) => {
      code[at + operand] = value;
    }),
  ).toContain(fault);
});

it('finds handlers in front of their region', () => {
  expect(
    withChanged(Op.Try, (code, at) => {
      [code[at + 3], code[at + 4]] = [code[at + 4]!, code[at + 3]!];
    }),
  ).toEqual(['file.ts f: handler of the try stands before its region']);
});

it('finds closures that bind too little', () => {
  expect(
    withChanged(Op.Closure, (code, at) => {
      code[at + 4] = 2;
    }),
  ).toEqual(['file.ts <module>: closure of f.<anonymous 1> binds 0 of 1 captures']);
});

it('finds malformed instructions', () => {
  expect(
    withChanged(Op.Import, (code, at) => {
      code[at] = Op.Import | (6 << 8);
    }),
  ).toEqual(['file.ts f: malformed instruction Import of length 6']);
});

it('finds blocks without an end', () => {
  expect(
    withChanged(Op.Return, (code, at) => {
      code[at] = Op.Caught | (4 << 8);
      code[at + 3] = 0;
    }),
  ).toEqual(['file.ts <module>: Caught ends block 0, or fails to']);
});

it('finds tables that do not fit', () => {
  const file = sound() as Mutable<FileIR>;
  file.exports = [{ kind: 'variable', name: 'x', variable: 7 }];
  file.imports = [{ specifier: 3, name: 'a', local: 'a' }];
  file.functions = file.functions.map((body) => ({ ...body, qualifiedName: 'same', slots: body.slots + 1 }));
  expect(new Set(checkFile(file))).toEqual(
    new Set([
      'file.ts same: slot tables differ in length',
      'file.ts: qualified names are not unique',
      'file.ts: import a',
      'file.ts: export of nothing',
    ]),
  );
});
