import { CALL_ARGUMENTS, CallFlag, ELEMENT } from '../ir/instruction.js';
import type { Tracking } from './constraints.js';
import { PROMISIFIED } from './members.js';
import { PairSet } from './pair-set.js';
import { TokenKind } from './tokens.js';

/** Behind all offsets of instructions: the lists that rest parameters are. */
const REST_LISTS = 0x2000000;

/** A function that the model of a call hands out: where what it is given goes, and what it returns. */
export interface Callable {
  readonly parameters: number[];
  returned: number;
  readonly fn: number;
  readonly pc: number;
  /** Which parameter of a callback of that call it is (`resolve`: 0); -1 where it is in the call's result. */
  readonly given: number;
  /** What it is given, or returns, is the state of the call. */
  readonly state: boolean;
  /** That state is the call's own, and not one for all functions that its callbacks are given. */
  readonly own: boolean;
}

/** A call of a modelled function. */
export interface ModelCall {
  readonly fn: number;
  readonly pc: number;
  readonly state: number;
}

/** Connects calls with what they call. */
export class TrackedCalls {
  readonly callables: Callable[] = [];
  readonly modelCalls: ModelCall[] = [];
  readonly #linked = new PairSet();
  readonly #modelled = new PairSet();

  constructor(private readonly tracking: Tracking) {}

  /** The function that `new` or `super` of a class runs: its own constructor. */
  constructorOf(cls: number): number {
    const { program } = this.tracking;
    return program.functionBase[program.classFile[cls]!]! + program.classOf(cls).constructorFunction;
  }

  /** A token that reached the callee of a call. */
  call(fn: number, pc: number, token: number): void {
    const { program, tokens, nodes, graph, members } = this.tracking;
    const { code } = program.fileOf(fn);
    const base = nodes.base(fn);
    const result = base + code[pc + 3]!;
    const receiver = code[pc + 5]! >= 0 ? base + code[pc + 5]! : -1;
    const flags = code[pc + 6]!;
    const data = tokens.data(token);
    switch (tokens.kind(token)) {
      case TokenKind.Function:
        if (this.#callIndirectly(fn, pc, token)) break;
        if (flags & CallFlag.New) this.#construct(fn, pc, token);
        else this.#link(fn, pc, data, receiver);
        graph.edgeOnce(nodes.returned(data), result);
        break;
      case TokenKind.Class: {
        const target = this.constructorOf(data);
        const instance = tokens.of(TokenKind.Instance, data);
        const { thisSlot } = program.functionOf(target);
        this.#link(fn, pc, target, flags & CallFlag.Super ? receiver : -1);
        if (thisSlot >= 0 && !(flags & CallFlag.Super)) graph.add(nodes.slot(target, thisSlot), instance);
        if (!(flags & CallFlag.Decorator)) graph.add(result, instance);
        break;
      }
      case TokenKind.Api: {
        const { knowledge } = program;
        const isNew = (flags & CallFlag.New) !== 0;
        const state = isNew ? knowledge.construct(data) : knowledge.call(data);
        if (state) graph.add(result, tokens.of(TokenKind.Api, state));
        // What the instance holds (a map its values) has a place of its own.
        if (isNew) graph.add(result, tokens.site(program.functionFile[fn]!, pc));
        if (this.#modelled.add(nodes.place(fn, pc), data)) this.modelCalls.push({ fn, pc, state: data });
        break;
      }
      case TokenKind.Callable: {
        const { parameters, returned } = this.callables[data]!;
        if (returned >= 0) graph.edgeOnce(returned, result);
        const count = (code[pc]! >>> 8) - CALL_ARGUMENTS;
        for (let i = 0; i < count; i++) {
          const to = parameters[i];
          if (to !== undefined) graph.edgeOnce(base + code[pc + CALL_ARGUMENTS + i]!, to);
        }
        break;
      }
      case TokenKind.Object: {
        const node = members.known(token, PROMISIFIED);
        if (node !== undefined) graph.watch(node, (held) => this.#callPromisified(fn, pc, held));
        break;
      }
      default:
    }
  }

  /** The call of a function in the style of callbacks, without the callback. */
  #callPromisified(fn: number, pc: number, token: number): void {
    const { tokens } = this.tracking;
    if (tokens.kind(token) === TokenKind.Function) this.#link(fn, pc, tokens.data(token), -1);
  }

  /** `f.call(x, …)`, `f.apply(x, list)`, `f.bind(x, …)`: the loaded member is taken for the function itself. */
  #callIndirectly(fn: number, pc: number, token: number): boolean {
    const { program, tokens, nodes, graph, members, indirect } = this.tracking;
    const { code } = program.fileOf(fn);
    const base = nodes.base(fn);
    const key = indirect.get(base + code[pc + 4]!);
    if (key === undefined) return false;
    const target = tokens.data(token);
    const { params, thisSlot } = program.functionOf(target);
    const count = (code[pc]! >>> 8) - CALL_ARGUMENTS;
    const argument = (i: number): number => base + code[pc + CALL_ARGUMENTS + i]!;
    if (count > 0 && thisSlot >= 0) graph.edgeOnce(argument(0), nodes.slot(target, thisSlot));
    const result = base + code[pc + 3]!;
    if (key === 'bind') graph.add(result, token);
    else graph.edgeOnce(nodes.returned(target), result);
    if (key === 'apply') {
      if (count < 2 || !this.#linked.add(nodes.place(fn, pc), target)) return true;
      for (const param of params)
        graph.watch(argument(1), (list) => members.load(list, ELEMENT, nodes.slot(target, param.slot)));
      return true;
    }
    for (let i = 1; i < count; i++) {
      const param = params[i - 1];
      if (param && !param.rest) graph.edgeOnce(argument(i), nodes.slot(target, param.slot));
    }
    return true;
  }

  /** `new f()`: an object whose fields are those of `f.prototype` too. */
  #construct(fn: number, pc: number, token: number): void {
    const { program, tokens, nodes, graph, members } = this.tracking;
    const target = tokens.data(token);
    const object = tokens.site(program.functionFile[fn]!, pc);
    const { thisSlot } = program.functionOf(target);
    if (thisSlot >= 0) graph.add(nodes.slot(target, thisSlot), object);
    graph.add(nodes.slot(fn, program.fileOf(fn).code[pc + 3]!), object);
    graph.watch(members.field(token, 'prototype'), (prototype) => members.addParent(object, prototype));
    this.#link(fn, pc, target, -1);
  }

  /** parameters ⊇ arguments, this ⊇ receiver */
  #link(fn: number, pc: number, target: number, receiver: number): void {
    const { program, tokens, nodes, graph, members } = this.tracking;
    const { code } = program.fileOf(fn);
    const ir = program.functionOf(target);
    if (receiver >= 0 && ir.thisSlot >= 0) graph.edgeOnce(receiver, nodes.slot(target, ir.thisSlot));
    const base = nodes.base(fn);
    if (!this.#linked.add(nodes.place(fn, pc), target)) return;
    const spread = code[pc + 7]!;
    const count = (code[pc]! >>> 8) - CALL_ARGUMENTS;
    for (let i = 0; i < count; i++) {
      const node = base + code[pc + CALL_ARGUMENTS + i]!;
      if (i < 31 && spread & (1 << i)) {
        for (const param of ir.params.slice(i))
          graph.watch(node, (token) => members.load(token, ELEMENT, nodes.slot(target, param.slot)));
        return;
      }
      const position = code[pc + 6]! & CallFlag.Tagged ? i + 1 : i;
      const param = ir.params[position] ?? ir.params[ir.params.length - 1];
      if (!param || (position >= ir.params.length && !param.rest)) return;
      const slot = nodes.slot(target, param.slot);
      if (param.rest) {
        const list = tokens.site(program.functionFile[target]!, REST_LISTS + ir.blocks[0]!);
        graph.add(slot, list);
        graph.edgeOnce(node, members.field(list, ELEMENT));
      } else graph.edgeOnce(node, slot);
    }
  }
}
