import type { FileIR, FunctionIR } from './file.js';
import {
  AllocKind,
  CALL_ARGUMENTS,
  CallFlag,
  CombineMode,
  CompareOperator,
  LiteralKind,
  NONE,
  Op,
} from './instruction.js';
import { OPERANDS } from './operands.js';

/** A readable listing of a file's instructions, for tests and for looking at what lowering does. */
export function printFile(file: FileIR): string {
  return file.functions.map((_, index) => printFunction(file, index)).join('\n');
}

/** The listing of one function: a head line, then its blocks. Slots are `$3`, those of variables `name$3`. */
export function printFunction(file: FileIR, index: number): string {
  const body = file.functions[index]!;
  const lines = [head(file, body)];
  for (let block = 0; block + 1 < body.blocks.length; block++) {
    lines.push(` b${block}:`);
    let at = body.blocks[block]!;
    while (at < body.blocks[block + 1]!) {
      lines.push(`  ${printInstruction(file, body, at)}`);
      at += file.code[at]! >> 8;
    }
  }
  return `${lines.join('\n')}\n`;
}

function head(file: FileIR, body: FunctionIR): string {
  const slot = (number: number) => slotName(file, body, number);
  const params = body.params.map((param) => (param.rest ? '...' : '') + slot(param.slot));
  let text = `${body.kind} ${body.qualifiedName}(${params.join(', ')})`;
  if (body.thisSlot !== NONE) text += ` this=${slot(body.thisSlot)}`;
  if (body.argumentsSlot !== NONE) text += ` arguments=${slot(body.argumentsSlot)}`;
  if (body.captures.length > 0) {
    text += ` captures ${body.captures.map((one) => (one.boxed ? 'box ' : '') + slot(one.slot)).join(', ')}`;
  }
  return text;
}

function slotName(file: FileIR, body: FunctionIR, slot: number): string {
  if (slot === NONE) return '-';
  const name = body.slotNames[slot];
  const mark = body.slotMutable[slot] === 1 ? "'" : '';
  return `${name === undefined || name === NONE ? '' : file.strings[name]}$${slot}${mark}`;
}

/** One instruction; `at` is its offset in the file's code. */
export function printInstruction(file: FileIR, body: FunctionIR, at: number): string {
  const { code, strings } = file;
  const op = (code[at]! & 0xff) as Op;
  const operand = (index: number) => code[at + 3 + index]!;
  const slot = (index: number) => slotName(file, body, operand(index));
  const rest = (from: number) => {
    const slots: string[] = [];
    for (let i = at + 3 + from; i < at + (code[at]! >> 8); i++) slots.push(slotName(file, body, code[i]!));
    return slots.join(', ');
  };
  const quoted = (index: number) => JSON.stringify(strings[operand(index)]);
  switch (op) {
    case Op.Const:
      return `${slot(0)} = ${LiteralKind[operand(1)]!.toLowerCase()} ${quoted(2)}`;
    case Op.Copy:
      return `${slot(0)} = ${slot(1)}`;
    case Op.Alloc:
      return `${slot(0)} = alloc ${AllocKind[operand(1)]!.toLowerCase()}`;
    case Op.Load:
      return `${slot(0)} = ${slot(1)}.${strings[operand(2)]}`;
    case Op.LoadDynamic:
      return `${slot(0)} = ${slot(1)}[${slot(2)}]`;
    case Op.Store:
      return `${slot(0)}.${strings[operand(1)]} = ${slot(2)}`;
    case Op.StoreDynamic:
      return `${slot(0)}[${slot(1)}] = ${slot(2)}`;
    case Op.Delete:
      return operand(1) === NONE ? `delete ${slot(0)}[${slot(2)}]` : `delete ${slot(0)}.${strings[operand(1)]}`;
    case Op.Combine:
      return `${slot(0)} = ${CombineMode[operand(1)]!.toLowerCase()}(${rest(2)})`;
    case Op.Compare:
      return `${slot(0)} = ${slot(2)} ${CompareOperator[operand(1)]!.toLowerCase()} ${slot(3)}`;
    case Op.Closure:
      return `${slot(0)} = closure ${file.functions[operand(1)]?.qualifiedName}(${rest(2)})`;
    case Op.Class:
      return `${slot(0)} = class ${file.classes[operand(1)]?.name}(extends ${slot(2)}, constructor ${slot(3)}, static ${slot(4)}${rest(5) && `, ${rest(5)}`})`;
    case Op.Call:
      return printCall(file, body, at);
    case Op.Global:
      return `${slot(0)} = global ${strings[operand(1)]}`;
    case Op.LoadVariable:
      return `${slot(0)} = @${file.variables[operand(1)]?.name}`;
    case Op.StoreVariable:
      return `@${file.variables[operand(0)]?.name} = ${slot(1)}`;
    case Op.Import: {
      const row = file.imports[operand(1)];
      return `${slot(0)} = import ${row?.name} from ${JSON.stringify(file.specifiers[row?.specifier ?? NONE]?.text)}`;
    }
    default:
      return printOther(file, body, at, op);
  }
}

function printCall(file: FileIR, body: FunctionIR, at: number): string {
  const { code } = file;
  const name = (slot: number) => slotName(file, body, slot);
  const receiver = code[at + 5]!;
  const flags = code[at + 6]!;
  const mask = code[at + 7]!;
  const args: string[] = [];
  for (let i = at + CALL_ARGUMENTS; i < at + (code[at]! >> 8); i++) {
    const bit = i - at - CALL_ARGUMENTS;
    args.push((bit < 31 && (mask >> bit) & 1 ? '...' : '') + name(code[i]!));
  }
  const words = Object.entries(CallFlag).filter(([, bit]) => typeof bit === 'number' && (flags & bit) !== 0);
  const prefix = words.map(([word]) => `${word.toLowerCase()} `).join('');
  const on = receiver === NONE ? '' : ` on ${name(receiver)}`;
  return `${name(code[at + 3]!)} = ${prefix}call ${name(code[at + 4]!)}(${args.join(', ')})${on}`;
}

/** Instructions without a notation of their own: their name, then their operands. */
function printOther(file: FileIR, body: FunctionIR, at: number, op: Op): string {
  const { code } = file;
  const shape = OPERANDS[op];
  const words = [Op[op]!.toLowerCase()];
  for (let i = at + 3; i < at + (code[at]! >> 8); i++) {
    const kind = shape.fixed[i - at - 3] ?? shape.rest;
    const value = code[i]!;
    if (kind === 'block') words.push(`b${value}`);
    else if (kind === 'string') words.push(JSON.stringify(file.strings[value]));
    else if (kind === 'number') words.push(String(value));
    else words.push(slotName(file, body, value));
  }
  return words.join(' ');
}
