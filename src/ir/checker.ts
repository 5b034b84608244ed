import type { FileIR, FunctionIR } from './file.js';
import { NONE, Op } from './instruction.js';
import { endsBlock, OPERANDS, type OperandKind } from './operands.js';

/**
 * Verifies that a file is well formed: lengths, blocks and terminators, operands in range, captures that match their closures.
 * @returns one line for each fault; empty for a sound file
 */
export function checkFile(file: FileIR): string[] {
  const faults: string[] = [];
  const ordered = file.functions.map((_, index) => index);
  let expected = 0;
  for (const index of ordered) {
    const body = file.functions[index]!;
    const report = (text: string) => faults.push(`${file.path} ${body.qualifiedName}: ${text}`);
    if (body.blocks[0] !== expected) report(`starts at ${body.blocks[0]} instead of ${expected}`);
    expected = body.blocks.at(-1)!;
    checkSlots(body, report);
    for (let block = 0; block + 1 < body.blocks.length; block++) checkBlock(file, body, block, report);
  }
  if (expected !== file.code.length) faults.push(`${file.path}: code behind the last function`);
  checkTables(file, faults);
  return faults;
}

type Report = (text: string) => void;

function checkSlots(body: FunctionIR, report: Report): void {
  if (body.slotNames.length !== body.slots || body.slotMutable.length !== body.slots)
    report('slot tables differ in length');
  const received = [body.thisSlot, body.argumentsSlot].filter((slot) => slot !== NONE);
  for (const { slot } of body.params) received.push(slot);
  for (const { slot } of body.captures) received.push(slot);
  for (const [slot] of body.slotTypes) if (slot < 0 || slot >= body.slots) report(`type of slot ${slot}`);
  for (const slot of received) if (slot < 0 || slot >= body.slots) report(`received slot ${slot} out of range`);
  if (new Set(received).size !== received.length) report('a slot receives two things');
}

function checkBlock(file: FileIR, body: FunctionIR, block: number, report: Report): void {
  const { code } = file;
  let at = body.blocks[block]!;
  const end = body.blocks[block + 1]!;
  if (at >= end) report(`block ${block} is empty`);
  while (at < end) {
    const op = code[at]! & 0xff;
    const length = code[at]! >> 8;
    const shape = OPERANDS[op as Op];
    if (!shape || length < 3 + shape.fixed.length || (!shape.rest && length !== 3 + shape.fixed.length)) {
      report(`malformed instruction ${Op[op] ?? op} of length ${length} at ${at}`);
      return;
    }
    if (code[at + 1]! < 0 || code[at + 2]! < code[at + 1]!) report(`span of ${Op[op]} at ${at}`);
    if (endsBlock(op) !== at + length >= end) report(`${Op[op]} at ${at} ends block ${block}, or fails to`);
    for (let i = 0; i < length - 3; i++) {
      const kind = shape.fixed[i] ?? shape.rest!;
      const value = code[at + 3 + i]!;
      if (!inRange(file, body, kind, value)) report(`${kind} ${value} of ${Op[op]} at ${at} out of range`);
      if (kind === 'define') checkDefinition(body, value, report);
    }
    if (op === Op.Try && code[at + 4]! <= code[at + 3]!) report(`handler of the try at ${at} stands before its region`);
    if (op === Op.Closure) checkClosure(file, code[at + 4]!, length - 5, report);
    if (op === Op.Class) checkClass(file, code[at + 4]!, length - 8, report);
    at += length;
  }
  if (at !== end) report(`block ${block} ends within an instruction`);
}

function checkDefinition(body: FunctionIR, slot: number, report: Report): void {
  if (body.captures.some((capture) => capture.slot === slot)) report(`writes the slot of a capture, ${slot}`);
}

function inRange(file: FileIR, body: FunctionIR, kind: OperandKind, value: number): boolean {
  const below = (length: number) => value >= 0 && value < length;
  switch (kind) {
    case 'slot?':
      return value === NONE || below(body.slots);
    case 'define':
    case 'slot':
      return below(body.slots);
    case 'string?':
      return value === NONE || below(file.strings.length);
    case 'string':
      return below(file.strings.length);
    case 'block':
      return value !== 0 && below(body.blocks.length - 1);
    case 'function':
      return below(file.functions.length);
    case 'class':
      return below(file.classes.length);
    case 'variable':
      return below(file.variables.length);
    case 'import':
      return below(file.imports.length);
    case 'number':
      return value >= 0;
  }
}

function checkClosure(file: FileIR, index: number, captured: number, report: Report): void {
  const made = file.functions[index];
  if (made && made.captures.length !== captured) {
    report(`closure of ${made.qualifiedName} binds ${captured} of ${made.captures.length} captures`);
  }
}

function checkClass(file: FileIR, index: number, methods: number, report: Report): void {
  const made = file.classes[index];
  if (made && made.methods.length !== methods) report(`class ${made.name} gets ${methods} methods`);
}

function checkTables(file: FileIR, faults: string[]): void {
  const names = new Set(file.functions.map((body) => body.qualifiedName));
  if (names.size !== file.functions.length) faults.push(`${file.path}: qualified names are not unique`);
  for (const row of file.imports) if (!file.specifiers[row.specifier]) faults.push(`${file.path}: import ${row.local}`);
  for (const row of file.exports) {
    const sound = row.kind === 'variable' ? file.variables[row.variable] : file.specifiers[row.specifier];
    if (!sound) faults.push(`${file.path}: export of nothing`);
  }
  for (let index = 0; index < file.classes.length; index++) {
    const row = file.classes[index];
    if (!row) faults.push(`${file.path}: class ${index} is missing`);
    else if (file.functions[row.constructorFunction]?.classIndex !== index)
      faults.push(`${file.path}: class ${row.name}`);
  }
}
