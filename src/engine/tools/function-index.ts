import { CALL_ARGUMENTS, ELEMENT, Op } from '../../ir/instruction.js';
import type { Program } from '../program.js';

/** A write to an object: `key` undefined where the name is computed, `spread` where the source's fields are copied. */
export interface Write {
  readonly key: string | undefined;
  readonly slot: number;
  readonly spread: boolean;
}

/** What one function's code defines and writes, by slot. */
export interface FunctionIndex {
  /** Offsets of the instructions that define each slot. */
  readonly definitions: ReadonlyMap<number, readonly number[]>;
  readonly writes: ReadonlyMap<number, readonly Write[]>;
  /** Slots that hold what each slot holds, by copies. */
  readonly copies: ReadonlyMap<number, readonly number[]>;
  /** Slots written to each module variable of the file. */
  readonly stored: ReadonlyMap<number, readonly number[]>;
  /** Slots of the functions that are made here, by their numbers in the file. */
  readonly closures: ReadonlyMap<number, number>;
  readonly returned: readonly number[];
  /** It throws, and never returns. */
  readonly alwaysThrows: boolean;
  readonly calls: readonly number[];
}

/** Instructions whose first operand is no slot that they define. */
const NO_DEFINITION = new Set<Op>([
  Op.Store,
  Op.StoreDynamic,
  Op.Delete,
  Op.Absorb,
  Op.StoreVariable,
  Op.Return,
  Op.Throw,
  Op.Jump,
  Op.Branch,
  Op.Try,
]);

/** One pass over the code of a function. */
export function indexFunction(program: Program, fn: number): FunctionIndex {
  const { code, strings } = program.fileOf(fn);
  const { blocks } = program.functionOf(fn);
  const definitions = new Map<number, number[]>();
  const writes = new Map<number, Write[]>();
  const copies = new Map<number, number[]>();
  const stored = new Map<number, number[]>();
  const closures = new Map<number, number>();
  const returned: number[] = [];
  const calls: number[] = [];
  let returns = false;
  let throws = false;
  const loads = new Map<number, readonly [base: number, key: string]>();
  const end = blocks[blocks.length - 1]!;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const op: Op = code[pc]! & 255;
    const a = code[pc + 3]!;
    const b = code[pc + 4]!;
    if (!NO_DEFINITION.has(op)) push(definitions, a, pc);
    switch (op) {
      case Op.Copy:
        push(copies, b, a);
        break;
      case Op.Closure:
        closures.set(b, a);
        break;
      case Op.Load:
        loads.set(a, [b, strings[code[pc + 5]!]!]);
        break;
      case Op.Store:
        push(writes, a, { key: strings[b]!, slot: code[pc + 5]!, spread: false });
        break;
      case Op.StoreDynamic:
        push(writes, a, { key: undefined, slot: code[pc + 5]!, spread: false });
        break;
      case Op.Absorb:
        push(writes, a, { key: undefined, slot: b, spread: true });
        break;
      case Op.StoreVariable:
        push(stored, a, b);
        break;
      case Op.Throw:
        throws = true;
        break;
      case Op.Return:
        returns = true;
        if (a >= 0) returned.push(a);
        break;
      case Op.Call: {
        calls.push(pc);
        // list.push(x) writes elements.
        const load = loads.get(b);
        if (load && (load[1] === 'push' || load[1] === 'unshift'))
          for (let i = pc + CALL_ARGUMENTS; i < pc + (code[pc]! >>> 8); i++)
            push(writes, load[0], {
              key: ELEMENT,
              slot: code[i]!,
              spread: (code[pc + 7]! & (1 << (i - pc - CALL_ARGUMENTS))) !== 0,
            });
        break;
      }
      default:
    }
  }
  return { definitions, writes, copies, stored, closures, returned, alwaysThrows: throws && !returns, calls };
}

function push<Item>(map: Map<number, Item[]>, key: number, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

/**
 * The slot that a function has captured as number `capture`, of the function around it; undefined where that one does not make it.
 *
 * @param index of the function around it
 */
export function capturedSlot(
  program: Program,
  index: FunctionIndex,
  inner: number,
  capture: number,
): number | undefined {
  const slot = index.closures.get(inner - program.functionBase[program.functionFile[inner]!]!);
  const pc = slot === undefined ? undefined : index.definitions.get(slot)?.[0];
  return pc === undefined ? undefined : program.fileOf(inner).code[pc + 5 + capture]!;
}
