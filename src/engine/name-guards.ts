/**
 * Conditions that ask whether a name is one of a known list, or matches a known pattern: `KEYS.includes(k)`, `SENSITIVE.test(k)`, `k in HIDDEN`,
 * `KEYS.some((part) => k.toLowerCase().includes(part))`. Read off the code, so that functions that only ask can be read in the same way.
 */
import { CALL_ARGUMENTS, CompareOperator, LiteralKind, Op } from '../ir/instruction.js';
import type { NameLists } from './name-lists.js';
import type { Change, NameTest, NameTests } from './name-tests.js';
import type { Program } from './program.js';

/** What is asked of the name that a slot holds: it passes the test where the condition is true, and fails it where it is not. */
export interface NameGuard {
  readonly slot: number;
  readonly test: NameTest;
}

/** How code is read at one place. */
export interface Reading {
  /** The instruction that defines a slot. */
  readonly definition: (slot: number) => number | undefined;
  /** Whether anybody asks of the name in a slot; `text` is what it is compared with, where that is one text. */
  readonly isAsked: (slot: number, text: string | undefined) => boolean;
}

/** Steps back from a name that was changed to the name itself. */
const HOPS = 6;

export class NameGuards {
  constructor(
    private readonly program: Program,
    private readonly lists: NameLists,
    readonly tests: NameTests,
  ) {}

  /** What the result of an instruction, a call or a comparison, tells of a name. */
  at(fn: number, pc: number, reading: Reading): NameGuard | undefined {
    const { code } = this.program.fileOf(fn);
    switch (code[pc]! & 255) {
      case Op.Call:
        return this.#called(fn, pc, reading);
      case Op.Compare:
        return this.#compared(fn, pc, reading);
      default:
        return undefined;
    }
  }

  #called(fn: number, pc: number, reading: Reading): NameGuard | undefined {
    const { code, strings } = this.program.fileOf(fn);
    const load = reading.definition(code[pc + 4]!);
    if (load === undefined || (code[load]! & 255) !== Op.Load || pc + CALL_ARGUMENTS >= pc + (code[pc]! >>> 8))
      return undefined;
    const receiver = code[load + 4]!;
    const first = code[pc + CALL_ARGUMENTS]!;
    switch (strings[code[load + 5]!]) {
      case 'includes': {
        const listed = this.#listed(fn, receiver, first, reading);
        if (listed) return listed;
        const text = this.#text(fn, first, reading);
        if (text === undefined) return undefined;
        const { slot, changes } = this.#name(fn, receiver, reading);
        return reading.isAsked(slot, text) ? { slot, test: this.tests.containing([text], changes) } : undefined;
      }
      case 'has':
      case 'hasOwnProperty':
        return this.#listed(fn, receiver, first, reading);
      case 'hasOwn': {
        const name = code[pc + CALL_ARGUMENTS + 1];
        return code[pc]! >>> 8 === CALL_ARGUMENTS + 2 ? this.#listed(fn, first, name!, reading) : undefined;
      }
      case 'test':
        return this.#matched(fn, receiver, first, reading);
      case 'match':
        return this.#matched(fn, first, receiver, reading);
      case 'some':
        return this.#some(fn, receiver, first, reading);
      default:
        return undefined;
    }
  }

  #listed(fn: number, list: number, name: number, reading: Reading): NameGuard | undefined {
    const { slot, changes } = this.#name(fn, name, reading);
    const names = reading.isAsked(slot, undefined) ? this.lists.of(fn, list) : undefined;
    return names && { slot, test: this.tests.oneOf(names, changes) };
  }

  #matched(fn: number, pattern: number, name: number, reading: Reading): NameGuard | undefined {
    const { slot, changes } = this.#name(fn, name, reading);
    const source = reading.isAsked(slot, undefined) ? this.lists.pattern(fn, pattern) : undefined;
    if (source === undefined) return undefined;
    const test = this.tests.matching(source, changes);
    return test === undefined ? undefined : { slot, test };
  }

  #compared(fn: number, pc: number, reading: Reading): NameGuard | undefined {
    const { code } = this.program.fileOf(fn);
    const [operator, left, right] = [code[pc + 4]!, code[pc + 5]!, code[pc + 6]!];
    if (operator === CompareOperator.In) return this.#listed(fn, right, left, reading);
    if (operator !== CompareOperator.Equal && operator !== CompareOperator.NotEqual) return undefined;
    const found =
      this.#equal(fn, left, right, reading) ??
      this.#equal(fn, right, left, reading) ??
      this.#found(fn, left, right, reading);
    if (!found || operator === CompareOperator.Equal) return found;
    return { slot: found.slot, test: this.tests.not(found.test) };
  }

  /** `k === 'password'` */
  #equal(fn: number, name: number, other: number, reading: Reading): NameGuard | undefined {
    const text = this.#text(fn, other, reading);
    if (text === undefined || !/^[\w-]+$/.test(text)) return undefined;
    const { slot, changes } = this.#name(fn, name, reading);
    return reading.isAsked(slot, text) ? { slot, test: this.tests.oneOf([text], changes) } : undefined;
  }

  /** `KEYS.indexOf(k) === -1` */
  #found(fn: number, index: number, other: number, reading: Reading): NameGuard | undefined {
    const { code, strings } = this.program.fileOf(fn);
    const none = reading.definition(other);
    const pc = reading.definition(index);
    if (none === undefined || pc === undefined || (code[none]! & 255) !== Op.Const) return undefined;
    if (strings[code[none + 5]!] !== '-1' || (code[pc]! & 255) !== Op.Call) return undefined;
    const load = reading.definition(code[pc + 4]!);
    if (load === undefined || (code[load]! & 255) !== Op.Load || strings[code[load + 5]!] !== 'indexOf')
      return undefined;
    if (code[pc]! >>> 8 <= CALL_ARGUMENTS) return undefined;
    const listed = this.#listed(fn, code[load + 4]!, code[pc + CALL_ARGUMENTS]!, reading);
    return listed && { slot: listed.slot, test: this.tests.not(listed.test) };
  }

  /** `KEYS.some((part) => k.includes(part))`, `KEYS.some((key) => key === k)`: what the callback asks of a name that it has captured. */
  #some(fn: number, list: number, callback: number, reading: Reading): NameGuard | undefined {
    const { code } = this.program.fileOf(fn);
    const names = this.lists.of(fn, list);
    const closure = reading.definition(callback);
    if (!names || closure === undefined || (code[closure]! & 255) !== Op.Closure) return undefined;
    const inner = this.program.sibling(fn, code[closure + 4]!);
    const ir = this.program.functionOf(inner);
    const parameter = ir.params[0]?.slot;
    if (ir.blocks.length !== 2 || parameter === undefined) return undefined;
    const own = new Map<number, number>();
    let asked = -1;
    for (let pc = ir.blocks[0]!; pc < ir.blocks[1]!; pc += code[pc]! >>> 8) {
      const op = code[pc]! & 255;
      if (op === Op.Return) asked = own.get(code[pc + 3]!) ?? -1;
      else if (op === Op.Load || op === Op.Call || op === Op.Compare || op === Op.Const || op === Op.Copy)
        own.set(code[pc + 3]!, pc);
      else return undefined;
    }
    if (asked < 0) return undefined;
    const within: Reading = { definition: (slot) => own.get(slot), isAsked: () => true };
    const pair = this.#asked(inner, asked, within);
    if (!pair) return undefined;
    const [left, right] = [this.#name(inner, pair.left, within), this.#name(inner, pair.right, within)];
    const [name, part] = right.slot === parameter ? [left, right] : [right, left];
    if (part.slot !== parameter || (pair.contains && part !== right)) return undefined;
    const capture = ir.captures.findIndex((each) => each.slot === name.slot && !each.boxed);
    if (capture < 0) return undefined;
    const outer = this.#name(fn, code[closure + 5 + capture]!, reading);
    const changes = [...outer.changes, ...name.changes];
    const parts = names.map((each) => changedBy(each, part.changes));
    if (!reading.isAsked(outer.slot, undefined)) return undefined;
    const test = pair.contains ? this.tests.containing(parts, changes) : this.tests.oneOf(parts, changes);
    return { slot: outer.slot, test };
  }

  /** `left.includes(right)` or `left === right`. */
  #asked(
    fn: number,
    pc: number,
    reading: Reading,
  ): { readonly left: number; readonly right: number; readonly contains: boolean } | undefined {
    const { code, strings } = this.program.fileOf(fn);
    if ((code[pc]! & 255) === Op.Compare && code[pc + 4] === CompareOperator.Equal)
      return { left: code[pc + 5]!, right: code[pc + 6]!, contains: false };
    if ((code[pc]! & 255) !== Op.Call || code[pc]! >>> 8 !== CALL_ARGUMENTS + 1) return undefined;
    const load = reading.definition(code[pc + 4]!);
    if (load === undefined || (code[load]! & 255) !== Op.Load || strings[code[load + 5]!] !== 'includes')
      return undefined;
    return { left: code[load + 4]!, right: code[pc + CALL_ARGUMENTS]!, contains: true };
  }

  #text(fn: number, slot: number, reading: Reading): string | undefined {
    const { code, strings } = this.program.fileOf(fn);
    const pc = reading.definition(slot);
    const isText = pc !== undefined && (code[pc]! & 255) === Op.Const && code[pc + 4] === LiteralKind.String;
    return isText ? strings[code[pc + 5]!] : undefined;
  }

  /** The slot of a name that was changed on the way, and how: `String(k).toLowerCase().replace(/[_-]/g, '')`. */
  #name(fn: number, start: number, reading: Reading): { readonly slot: number; readonly changes: readonly Change[] } {
    const { code, strings } = this.program.fileOf(fn);
    const changes: Change[] = [];
    let slot = start;
    for (let hops = 0; hops < HOPS; hops++) {
      const pc = reading.definition(slot);
      if (pc === undefined) break;
      if ((code[pc]! & 255) === Op.Copy) {
        slot = code[pc + 4]!;
        continue;
      }
      if ((code[pc]! & 255) !== Op.Call) break;
      const callee = reading.definition(code[pc + 4]!);
      if (callee === undefined) break;
      const first = code[pc]! >>> 8 > CALL_ARGUMENTS ? code[pc + CALL_ARGUMENTS]! : -1;
      if ((code[callee]! & 255) === Op.Global && strings[code[callee + 4]!] === 'String' && first >= 0) {
        slot = first;
        continue;
      }
      if ((code[callee]! & 255) !== Op.Load) break;
      const method = strings[code[callee + 5]!]!;
      if (/^to(?:Locale)?LowerCase$/.test(method)) changes.unshift('lower');
      else if (/^to(?:Locale)?UpperCase$/.test(method)) changes.unshift('upper');
      else if (/^replace(?:All)?$/.test(method) && this.#bares(fn, pc, reading)) changes.unshift('bare');
      else if (!/^(?:trim|toString)$/.test(method)) break;
      slot = code[callee + 4]!;
    }
    return { slot, changes };
  }

  /** `.replace(/[-_]/g, '')` */
  #bares(fn: number, pc: number, reading: Reading): boolean {
    const { code, strings } = this.program.fileOf(fn);
    if (code[pc]! >>> 8 !== CALL_ARGUMENTS + 2 || this.#text(fn, code[pc + CALL_ARGUMENTS + 1]!, reading) !== '')
      return false;
    const pattern = reading.definition(code[pc + CALL_ARGUMENTS]!);
    if (pattern === undefined || (code[pattern]! & 255) !== Op.Const) return false;
    return /^\/(?:\[[-_\\s ]+\]\+?|_|-)\/g$/.test(strings[code[pattern + 5]!]!);
  }
}

function changedBy(text: string, changes: readonly Change[]): string {
  return changes.reduce(
    (all, change) => (change === 'lower' ? all.toLowerCase() : change === 'upper' ? all.toUpperCase() : all),
    text,
  );
}
