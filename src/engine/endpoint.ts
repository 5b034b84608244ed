/**
 * To which addresses a call sends what it is given, as far as the code says: the URL among its arguments, or the one that the client it is
 * called on was made with. Read-only, and asked only for flows that a policy judges by their host.
 */
import { CALL_ARGUMENTS, CombineMode, LiteralKind, Op } from '../ir/instruction.js';
import type { Program } from './program.js';
import type { Sink } from './summary.js';
import { TokenKind, type Tracker } from './tracker.js';

/** Options that say where a client sends its requests. */
const ADDRESS_OPTIONS = new Set([
  'baseURL',
  'baseUrl',
  'basePath',
  'base_url',
  'endpoint',
  'azureEndpoint',
  'serverURL',
  'apiBase',
  'host',
  'url',
  'dsn',
]);
/** Definitions that are followed for one question. Why: a client is made a handful of assignments away, or not to be found. */
const MOST_STEPS = 200;

/** A slot of a function. */
interface Place {
  readonly fn: number;
  readonly slot: number;
}

/** An instruction that gives a slot its value. */
interface Definition {
  readonly fn: number;
  readonly pc: number;
}

/** A text as far as it is known. */
interface KnownText {
  readonly text: string;
  /** Whether anything unknown follows. */
  readonly isOpen: boolean;
}

/** The beginnings of the URLs; undefined where the code does not tell. A host is only in them where it is whole. */
export function findEndpoints(program: Program, tracker: Tracker, sink: Sink): readonly string[] | undefined {
  const { blocks } = program.functionOf(sink.function);
  const { code } = program.fileOf(sink.function);
  const end = blocks[blocks.length - 1]!;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const isCall = (code[pc]! & 255) === Op.Call && code[pc + 1] === sink.start && code[pc + 2] === sink.end;
    const found = isCall ? new EndpointFinder(program, tracker).ofCall({ fn: sink.function, pc }) : undefined;
    if (found) return found;
  }
  return undefined;
}

class EndpointFinder {
  #steps = 0;

  constructor(
    private readonly program: Program,
    private readonly tracker: Tracker,
  ) {}

  /** The URL that is an argument, that of the client, or that of the model which an argument names. */
  ofCall({ fn, pc }: Definition): readonly string[] | undefined {
    const code = this.#code(fn);
    const first = this.#argument(fn, pc, 0);
    const url = first && this.#text(first);
    if (url && /^(?:https?|wss?):/i.test(url.text)) return this.#whole([url]);
    const model = first && this.#option(first, new Set(['model']));
    for (const place of [{ fn, slot: code[pc + 4]! }, ...(model ? [model] : []), ...(first ? [first] : [])]) {
      const made = this.#construction(place);
      if (made) return made;
    }
    return undefined;
  }

  /** What the thing at a place, or what it is a member of, was made with. */
  #construction(place: Place): readonly string[] | undefined {
    for (const { fn, pc } of this.#definitions(place)) {
      const code = this.#code(fn);
      switch (code[pc]! & 255) {
        case Op.Load: {
          const found = this.#construction({ fn, slot: code[pc + 4]! });
          if (found) return found;
          break;
        }
        case Op.Call: {
          const options = this.#argument(fn, pc, 0);
          const address = options && this.#option(options, ADDRESS_OPTIONS);
          if (address) return this.#whole(this.#texts(address));
          const inner = this.#returned(fn, code[pc + 4]!) ?? this.#construction({ fn, slot: code[pc + 4]! });
          if (inner) return inner;
          break;
        }
        default:
      }
    }
    return undefined;
  }

  /** What an own function that makes clients returns. */
  #returned(fn: number, callee: number): readonly string[] | undefined {
    for (const token of this.tracker.slotTokens(fn, callee)) {
      if (this.tracker.tokenKind(token) !== TokenKind.Function) continue;
      const target = this.tracker.tokenData(token);
      for (const pc of this.#instructions(target, Op.Return)) {
        const found = this.#construction({ fn: target, slot: this.#code(target)[pc + 3]! });
        if (found) return found;
      }
    }
    return undefined;
  }

  /** The value of one of the options of an object literal. */
  #option(place: Place, names: ReadonlySet<string>): Place | undefined {
    for (const { fn, pc } of this.#definitions(place)) {
      const { code, strings } = this.program.fileOf(fn);
      if ((code[pc]! & 255) !== Op.Alloc) continue;
      const object = code[pc + 3]!;
      for (const at of this.#instructions(fn, Op.Store)) {
        if (code[at + 3] === object && names.has(strings[code[at + 4]!]!)) return { fn, slot: code[at + 5]! };
      }
    }
    return undefined;
  }

  #texts(place: Place): (KnownText | undefined)[] {
    const definitions = this.#definitions(place);
    return definitions.length === 0 ? [undefined] : definitions.map((definition) => this.#textOf(definition));
  }

  #text(place: Place): KnownText | undefined {
    const texts = this.#texts(place);
    return texts.length === 1 ? texts[0] : undefined;
  }

  /** A literal, or a text that begins with one. */
  #textOf({ fn, pc }: Definition): KnownText | undefined {
    const { code, strings } = this.program.fileOf(fn);
    const op = code[pc]! & 255;
    if (op === Op.Const && code[pc + 4] === LiteralKind.String) return { text: strings[code[pc + 5]!]!, isOpen: false };
    if (op === Op.Call) {
      // new URL('https://…')
      const first = this.#argument(fn, pc, 0);
      return first && this.#text(first);
    }
    if (op !== Op.Combine || code[pc + 4] !== CombineMode.Text) return undefined;
    let text = '';
    for (let i = pc + 5; i < pc + (code[pc]! >>> 8); i++) {
      const part = this.#text({ fn, slot: code[i]! });
      text += part?.text ?? '';
      if (!part || part.isOpen) return text === '' ? undefined : { text, isOpen: true };
    }
    return { text, isOpen: false };
  }

  /** Texts whose host is whole; undefined where one of them is not known. */
  #whole(texts: readonly (KnownText | undefined)[]): readonly string[] | undefined {
    const isWhole = (each: KnownText | undefined): each is KnownText =>
      each !== undefined && (!each.isOpen || /^[a-z]+:\/\/[^/?#]+[/?#]/i.test(each.text));
    return texts.every(isWhole) ? texts.map(({ text }) => text) : undefined;
  }

  /** The instructions that give a slot its value, copies, variables, imports, captures and fields of `this` looked through. */
  #definitions(place: Place): Definition[] {
    if (place.slot < 0 || ++this.#steps > MOST_STEPS) return [];
    const { fn } = place;
    const { code } = this.program.fileOf(fn);
    const captured = this.#captured(place);
    if (captured) return this.#definitions(captured);
    return this.#writers(place).flatMap((pc) => {
      switch (code[pc]! & 255) {
        case Op.Copy:
          return this.#definitions({ fn, slot: code[pc + 4]! });
        case Op.Combine:
          if (code[pc + 4] !== CombineMode.Either) return [{ fn, pc }];
          return [...code.subarray(pc + 5, pc + (code[pc]! >>> 8))].flatMap((slot) => {
            const found = this.#definitions({ fn, slot });
            // An operand that is not known is a definition that nobody understands.
            return found.length > 0 ? found : [{ fn, pc }];
          });
        case Op.LoadVariable:
          return this.#variable(this.program.variableBase[this.program.functionFile[fn]!]! + code[pc + 4]!);
        case Op.Import: {
          const binding = this.tracker.exports.imported(this.program.functionFile[fn]!, code[pc + 4]!);
          return binding?.kind === 'variable' ? this.#variable(binding.variable) : [{ fn, pc }];
        }
        case Op.Load:
          return this.#field(fn, pc) ?? [{ fn, pc }];
        default:
          return [{ fn, pc }];
      }
    });
  }

  /** For a slot that holds what a closure captures: the slot of the function around it. */
  #captured({ fn, slot }: Place): Place | undefined {
    const ir = this.program.functionOf(fn);
    const index = ir.captures.findIndex((each) => each.slot === slot && !each.boxed);
    if (index < 0) return undefined;
    const parent = this.program.sibling(fn, ir.parent);
    const code = this.#code(parent);
    const own = fn - this.program.functionBase[this.program.functionFile[fn]!]!;
    const at = this.#instructions(parent, Op.Closure).find((pc) => code[pc + 4] === own);
    return at === undefined ? undefined : { fn: parent, slot: code[at + 5 + index]! };
  }

  /** Instructions of the function that write a slot. */
  #writers({ fn, slot }: Place): number[] {
    const { code } = this.program.fileOf(fn);
    const { blocks } = this.program.functionOf(fn);
    const end = blocks[blocks.length - 1]!;
    const found: number[] = [];
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
      if (code[pc + 3] === slot && DEFINING.has(code[pc]! & 255)) found.push(pc);
    }
    return found;
  }

  #variable(variable: number): Definition[] {
    const file = this.program.variableFile[variable]!;
    const index = variable - this.program.variableBase[file]!;
    const base = this.program.functionBase[file]!;
    const { functions, code } = this.program.files[file]!;
    return functions.flatMap((_, i) =>
      this.#instructions(base + i, Op.StoreVariable)
        .filter((pc) => code[pc + 3] === index)
        .flatMap((pc) => this.#definitions({ fn: base + i, slot: code[pc + 4]! })),
    );
  }

  /** A field of `this`, as the constructor of the class sets it; undefined for any other member. */
  #field(fn: number, pc: number): Definition[] | undefined {
    const { code } = this.program.fileOf(fn);
    const ir = this.program.functionOf(fn);
    const cls = this.program.ownerClass(fn);
    if (cls < 0 || code[pc + 4] !== ir.thisSlot) return undefined;
    const maker = this.program.sibling(fn, this.program.classOf(cls).constructorFunction);
    const { thisSlot } = this.program.functionOf(maker);
    const found = this.#instructions(maker, Op.Store)
      .filter((at) => code[at + 3] === thisSlot && code[at + 4] === code[pc + 5])
      .flatMap((at) => this.#definitions({ fn: maker, slot: code[at + 5]! }));
    return found.length > 0 ? found : undefined;
  }

  #argument(fn: number, pc: number, index: number): Place | undefined {
    const code = this.#code(fn);
    const at = pc + CALL_ARGUMENTS + index;
    return at < pc + (code[pc]! >>> 8) ? { fn, slot: code[at]! } : undefined;
  }

  #instructions(fn: number, wanted: Op): number[] {
    const code = this.#code(fn);
    const { blocks } = this.program.functionOf(fn);
    const end = blocks[blocks.length - 1]!;
    const found: number[] = [];
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) if ((code[pc]! & 255) === wanted) found.push(pc);
    return found;
  }

  #code(fn: number): Int32Array {
    return this.program.fileOf(fn).code;
  }
}

/** Instructions whose first operand is what they define. */
const DEFINING: ReadonlySet<number> = new Set([
  Op.Const,
  Op.Copy,
  Op.Alloc,
  Op.Load,
  Op.LoadDynamic,
  Op.Combine,
  Op.Closure,
  Op.Class,
  Op.Call,
  Op.Global,
  Op.LoadVariable,
  Op.Import,
]);
