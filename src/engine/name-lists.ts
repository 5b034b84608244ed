/**
 * Lists of names that the code tells in full: constants of this module or another, sets and keys of tables made of them. A list that anything is
 * ever added to, or that is put together from what is not known, tells nothing.
 */
import { CALL_ARGUMENTS, CallFlag, ELEMENT, LiteralKind, Op } from '../ir/instruction.js';
import { isIndex } from './path-table.js';
import type { Program } from './program.js';
import { capturedSlot, type FunctionIndex } from './tools/function-index.js';
import type { StaticValues } from './tools/static-values.js';

/** Steps from where a list is used back to where it is written. */
const DEPTH = 12;
/** Names of one list. */
const NAMES = 200;

/** Methods that change a list, a set or a map. */
const CHANGES = new Set([
  'push',
  'unshift',
  'splice',
  'fill',
  'set',
  'add',
  'delete',
  'clear',
  'pop',
  'shift',
  'append',
]);

/** A slot of a function. */
interface Place {
  readonly fn: number;
  readonly slot: number;
}

export class NameLists {
  readonly #program: Program;
  readonly #memo = new Map<string, readonly string[] | undefined>();
  readonly #used = new Map<number, boolean>();

  constructor(private readonly values: StaticValues) {
    this.#program = values.program;
  }

  /** The names of a list or set, or the keys of a table, that a slot holds; undefined where they are not all known. */
  of(fn: number, slot: number): readonly string[] | undefined {
    const key = `${fn}:${slot}`;
    if (!this.#memo.has(key)) {
      this.#memo.set(key, undefined);
      const names = this.#names({ fn, slot }, 0);
      this.#memo.set(key, names && names.length <= NAMES ? names : undefined);
    }
    return this.#memo.get(key);
  }

  /** Whether a function writes or deletes fields under computed names. */
  isUsed(fn: number): boolean {
    let used = this.#used.get(fn);
    if (used === undefined) {
      const { code } = this.#program.fileOf(fn);
      const { blocks } = this.#program.functionOf(fn);
      const end = blocks[blocks.length - 1]!;
      used = false;
      for (let pc = blocks[0] ?? end; pc < end && !used; pc += code[pc]! >>> 8) {
        const op = code[pc]! & 255;
        used = op === Op.StoreDynamic || (op === Op.Delete && code[pc + 4]! < 0);
      }
      this.#used.set(fn, used);
    }
    return used;
  }

  /** The source of the regular expression that a slot holds. */
  pattern(fn: number, slot: number): string | undefined {
    const made = this.#origin({ fn, slot }, 0);
    if (!made) return undefined;
    const { code, strings } = this.#program.fileOf(made.fn);
    const { pc } = made;
    if ((code[pc]! & 255) === Op.Const && code[pc + 4] === LiteralKind.RegExp) return strings[code[pc + 5]!]!;
    if ((code[pc]! & 255) !== Op.Call || this.#globalCallee(made.fn, pc) !== 'RegExp') return undefined;
    const [source, flags] = [0, 1].map((i) => this.#argument(made.fn, pc, i));
    const text = source && (this.#text(source) ?? this.#joined(source));
    return text === undefined ? undefined : `/${text}/${(flags && this.#text(flags)) ?? ''}`;
  }

  /** `KEYS.join('|')` */
  #joined({ fn, slot }: Place): string | undefined {
    const made = this.#origin({ fn, slot }, 0);
    if (!made) return undefined;
    const member = this.#member(made.fn, made.pc);
    const between = this.#argument(made.fn, made.pc, 0);
    if (member?.key !== 'join' || !between || this.#text(between) !== '|') return undefined;
    return this.of(made.fn, member.base)?.join('|');
  }

  /** A literal text. */
  #text(place: Place): string | undefined {
    const made = this.#origin(place, 0);
    if (!made) return undefined;
    const { code, strings } = this.#program.fileOf(made.fn);
    const isText = (code[made.pc]! & 255) === Op.Const && code[made.pc + 4] === LiteralKind.String;
    return isText ? strings[code[made.pc + 5]!]! : undefined;
  }

  #names(place: Place, depth: number): readonly string[] | undefined {
    const made = depth < DEPTH ? this.#origin(place, depth) : undefined;
    if (!made) return undefined;
    const { code } = this.#program.fileOf(made.fn);
    switch (code[made.pc]! & 255) {
      case Op.Alloc:
        return this.#literal(made.fn, made.pc, depth);
      case Op.Call: {
        const first = this.#argument(made.fn, made.pc, 0);
        const isNew = (code[made.pc + 6]! & CallFlag.New) !== 0;
        if (isNew && this.#globalCallee(made.fn, made.pc) === 'Set')
          return first && !this.#isChanged(made.fn, code[made.pc + 3]!) ? this.#names(first, depth + 1) : undefined;
        const member = this.#member(made.fn, made.pc);
        if (!member || !first || this.#global(made.fn, member.base) !== 'Object') return undefined;
        return member.key === 'freeze' || member.key === 'keys' ? this.#names(first, depth + 1) : undefined;
      }
      default:
        return undefined;
    }
  }

  /** The texts of a list literal, the keys of an object literal. */
  #literal(fn: number, pc: number, depth: number): readonly string[] | undefined {
    const { code } = this.#program.fileOf(fn);
    const slot = code[pc + 3]!;
    if (this.#isChanged(fn, slot)) return undefined;
    const isList = code[pc + 4] === 1;
    const names: string[] = [];
    for (const each of [slot, ...(this.#index(fn).copies.get(slot) ?? [])]) {
      for (const write of this.#index(fn).writes.get(each) ?? []) {
        if (write.spread || write.key === undefined) {
          const spread = write.spread ? this.#names({ fn, slot: write.slot }, depth + 1) : undefined;
          if (!spread) return undefined;
          names.push(...spread);
        } else if (!isList) names.push(write.key);
        else {
          const text = isIndex(write.key) || write.key === ELEMENT ? this.#text({ fn, slot: write.slot }) : undefined;
          if (text === undefined) return undefined;
          names.push(text);
        }
      }
    }
    return names;
  }

  /** The one instruction that makes what a slot holds. */
  #origin({ fn, slot }: Place, depth: number): { readonly fn: number; readonly pc: number } | undefined {
    if (depth > DEPTH) return undefined;
    const ir = this.#program.functionOf(fn);
    const capture = ir.captures.findIndex((each) => each.slot === slot);
    if (capture >= 0) {
      const outer = ir.captures[capture]!.boxed ? undefined : this.#captured(fn, capture);
      return outer && this.#origin(outer, depth + 1);
    }
    const parameter = ir.params.findIndex((param) => param.slot === slot);
    const definitions = this.#index(fn).definitions.get(slot) ?? [];
    if (parameter >= 0) return definitions.length === 0 ? this.#given(fn, parameter, depth) : undefined;
    if (definitions.length !== 1) return undefined;
    const pc = definitions[0]!;
    const { code } = this.#program.fileOf(fn);
    const file = this.#program.functionFile[fn]!;
    switch (code[pc]! & 255) {
      case Op.Copy:
        return this.#origin({ fn, slot: code[pc + 4]! }, depth + 1);
      case Op.LoadVariable:
        return this.#variable(this.#program.variableBase[file]! + code[pc + 4]!, depth);
      case Op.Import: {
        const binding = this.values.tracker.exports.imported(file, code[pc + 4]!);
        return binding?.kind === 'variable' ? this.#variable(binding.variable, depth) : undefined;
      }
      case Op.Load: {
        // What `module.exports = { KEYS }` or a table of lists holds under a name.
        const holder = this.#origin({ fn, slot: code[pc + 4]! }, depth + 1);
        if (!holder) return undefined;
        const made = this.#program.fileOf(holder.fn);
        if ((made.code[holder.pc]! & 255) !== Op.Alloc) return undefined;
        const key = this.#program.fileOf(fn).strings[code[pc + 5]!]!;
        const writes = (this.#index(holder.fn).writes.get(made.code[holder.pc + 3]!) ?? []).filter(
          (write) => write.key === key || write.key === undefined,
        );
        return writes.length === 1 && writes[0]!.key === key
          ? this.#origin({ fn: holder.fn, slot: writes[0]!.slot }, depth + 1)
          : undefined;
      }
      default:
        return { fn, pc };
    }
  }

  /** What the only caller of a function hands to it. */
  #given(fn: number, parameter: number, depth: number): { readonly fn: number; readonly pc: number } | undefined {
    const { direct, handed } = this.values.callers(fn);
    const [call, ...others] = direct;
    if (!call || others.length + handed.length > 0) return undefined;
    const place = this.#argument(call.function, call.pc, parameter);
    return place && this.#origin(place, depth + 1);
  }

  /** A module variable that is written once, and whose list nothing changes. */
  #variable(variable: number, depth: number): { readonly fn: number; readonly pc: number } | undefined {
    const file = this.#program.variableFile[variable]!;
    const own = variable - this.#program.variableBase[file]!;
    const places: Place[] = [];
    for (let fn = this.#program.functionBase[file]!; fn < this.#program.functionBase[file + 1]!; fn++) {
      for (const slot of this.#index(fn).stored.get(own) ?? []) places.push({ fn, slot });
      if (this.#changes(fn).has(own)) return undefined;
    }
    return places.length === 1 ? this.#origin(places[0]!, depth + 1) : undefined;
  }

  readonly #changed = new Map<number, ReadonlySet<number>>();

  /** The module variables of a function's file whose lists it changes. */
  #changes(fn: number): ReadonlySet<number> {
    let found = this.#changed.get(fn);
    if (!found) {
      const { code } = this.#program.fileOf(fn);
      const variables = new Set<number>();
      for (const [slot, pcs] of this.#index(fn).definitions)
        for (const pc of pcs)
          if ((code[pc]! & 255) === Op.LoadVariable && this.#isChanged(fn, slot)) variables.add(code[pc + 4]!);
      this.#changed.set(fn, variables);
      found = variables;
    }
    return found;
  }

  /** Whether a function calls a method on what a slot holds that changes it, or writes to it under computed names. */
  #isChanged(fn: number, slot: number): boolean {
    const { code, strings } = this.#program.fileOf(fn);
    const slots = new Set([slot, ...(this.#index(fn).copies.get(slot) ?? [])]);
    for (const pcs of this.#index(fn).definitions.values())
      for (const pc of pcs)
        if ((code[pc]! & 255) === Op.Load && slots.has(code[pc + 4]!) && CHANGES.has(strings[code[pc + 5]!]!))
          return true;
    return false;
  }

  #captured(fn: number, capture: number): Place | undefined {
    const { parent } = this.#program.functionOf(fn);
    if (parent < 0) return undefined;
    const outer = this.#program.sibling(fn, parent);
    const slot = capturedSlot(this.#program, this.#index(outer), fn, capture);
    return slot === undefined ? undefined : { fn: outer, slot };
  }

  #argument(fn: number, pc: number, index: number): Place | undefined {
    const { code } = this.#program.fileOf(fn);
    const at = pc + CALL_ARGUMENTS + index;
    return at < pc + (code[pc]! >>> 8) ? { fn, slot: code[at]! } : undefined;
  }

  #globalCallee(fn: number, pc: number): string {
    return this.#global(fn, this.#program.fileOf(fn).code[pc + 4]!);
  }

  #global(fn: number, slot: number): string {
    const pc = this.#index(fn).definitions.get(slot)?.[0];
    const { code, strings } = this.#program.fileOf(fn);
    return pc !== undefined && (code[pc]! & 255) === Op.Global ? strings[code[pc + 4]!]! : '';
  }

  #member(fn: number, pc: number): { readonly base: number; readonly key: string } | undefined {
    const { code, strings } = this.#program.fileOf(fn);
    if ((code[pc]! & 255) !== Op.Call) return undefined;
    const load = this.#index(fn).definitions.get(code[pc + 4]!)?.[0];
    if (load === undefined || (code[load]! & 255) !== Op.Load) return undefined;
    return { base: code[load + 4]!, key: strings[code[load + 5]!]! };
  }

  #index(fn: number): FunctionIndex {
    return this.values.index(fn);
  }
}
