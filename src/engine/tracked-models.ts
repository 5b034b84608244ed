import type { ApiState } from '../core/knowledge.js';
import type { CallModel, FlowModel, Port } from '../core/port.js';
import { ANY, CALL_ARGUMENTS, CallFlag, ELEMENT, Op } from '../ir/instruction.js';
import type { Tracking } from './constraints.js';
import { keepsGiven } from './given-functions.js';
import { HANDLERS } from './members.js';
import { TokenKind } from './tokens.js';
import type { Callable, ModelCall, TrackedCalls } from './tracked-calls.js';

/** The field in which the `state` of a model is kept. */
const STATE = '%state';
/** How deep callbacks are looked for in the objects that are handed to a modelled function. */
const CALLBACK_DEPTH = 2;

/** A call of a modelled function, with what has to be done for it in each round. */
interface Plan {
  readonly call: ModelCall;
  readonly model: CallModel | undefined;
  readonly flows: readonly FlowModel[];
  /** Whether the model tells what parameters of callbacks are. */
  readonly seeds: boolean;
}

/** Passes tracked values through calls of modelled functions, into callbacks and out of them. */
export class TrackedModels {
  readonly #plans: Plan[] = [];
  #planned = 0;
  readonly #siteNodes = new Map<string, number>();
  readonly #contents = new Map<number, number>();
  readonly #callables = new Map<number, number>();

  constructor(
    private readonly tracking: Tracking,
    private readonly calls: TrackedCalls,
  ) {}

  /** One pass over all calls. Sets may have grown then. */
  apply(): void {
    const { modelCalls } = this.calls;
    for (; this.#planned < modelCalls.length; this.#planned++) this.#plan(modelCalls[this.#planned]!);
    for (const plan of this.#plans) this.#apply(plan);
  }

  /** Calls whose callee is unknown but whose method name is that of a built-in type: `xs.map(f)`. */
  addNamedMethods(): void {
    const { program, nodes, graph } = this.tracking;
    for (let fn = 0; fn < program.functionCount; fn++) {
      const { code, strings } = program.fileOf(fn);
      const { blocks } = program.functionOf(fn);
      const base = nodes.base(fn);
      const end = blocks[blocks.length - 1]!;
      const keys = new Map<number, number>();
      for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
        const op = code[pc]! & 255;
        if (op === Op.Load) keys.set(code[pc + 3]!, code[pc + 5]!);
        if (op !== Op.Call || graph.tokens(base + code[pc + 4]!).length > 0) continue;
        const key = keys.get(code[pc + 4]!);
        const state = key === undefined ? 0 : program.knowledge.method(strings[key]!);
        if (state) this.calls.modelCalls.push({ fn, pc, state });
      }
    }
  }

  /** Keeps what has to be looked at in each round; what has not is done at once. */
  #plan(call: ModelCall): void {
    const { program, graph } = this.tracking;
    const { knowledge } = program;
    const { code } = program.fileOf(call.fn);
    const model = code[call.pc + 6]! & CallFlag.New ? knowledge.onConstruct(call.state) : knowledge.onCall(call.state);
    const seeds = knowledge.hasParameters(call.state);
    const flows: FlowModel[] = [];
    for (const given of model?.flows ?? []) {
      if (given.mode !== 'value') continue;
      const flow = { ...given, from: plain(given.from), to: plain(given.to) };
      if (!isFixed(flow.from) || !isFixed(flow.to)) flows.push(flow);
      else
        for (const from of this.#ports(flow.from, model!, call, false))
          for (const to of this.#ports(flow.to, model!, call, true)) graph.edgeOnce(from, to);
    }
    if (seeds || flows.length > 0) this.#plans.push({ call, model, flows, seeds });
  }

  #apply({ call, model, flows, seeds }: Plan): void {
    const { program, nodes, graph } = this.tracking;
    const { code } = program.fileOf(call.fn);
    if (seeds) {
      const count = (code[call.pc]! >>> 8) - CALL_ARGUMENTS;
      for (let i = 0; i < count; i++) {
        this.#seedCallbacks(call.state, i, [], nodes.slot(call.fn, code[call.pc + CALL_ARGUMENTS + i]!));
      }
    }
    for (const flow of flows) {
      if (copiesFields(flow)) {
        this.#copyFields(flow, model!, call);
        continue;
      }
      // What is never held by anything needs no place to be written to.
      const sources = this.#ports(flow.from, model!, call, false).filter((node) => graph.tokens(node).length > 0);
      if (sources.length === 0) continue;
      for (const to of this.#ports(flow.to, model!, call, true)) for (const from of sources) graph.edgeOnce(from, to);
    }
  }

  /** x.* -> y.*: y's fields are looked up in x too. */
  #copyFields(flow: FlowModel, model: CallModel, call: ModelCall): void {
    const { tokens, graph, members } = this.tracking;
    const parent = (port: Port): Port => ({ ...port, path: port.path.slice(0, -1) });
    const sources = this.#ports(parent(flow.from), model, call, false).flatMap((node) => [...graph.tokens(node)]);
    if (sources.length === 0) return;
    for (const node of this.#ports(parent(flow.to), model, call, true)) {
      const known = graph.tokens(node).filter((token) => tokens.kind(token) !== TokenKind.Api);
      const targets = known.length > 0 || flow.to.root !== 'result' ? known : [this.#content(node)];
      for (const target of targets) for (const source of sources) members.addParent(target, source);
    }
  }

  /** The parameters of functions found at an argument, or in the fields of an object there, get the states that the model gives them. */
  #seedCallbacks(state: ApiState, argument: number, path: readonly string[], node: number): void {
    const { program, tokens, nodes, graph, members } = this.tracking;
    for (const token of [...graph.tokens(node)]) {
      const kind = tokens.kind(token);
      if (kind === TokenKind.Function) {
        const target = tokens.data(token);
        const { params } = program.functionOf(target);
        for (let p = 0; p < params.length; p++) {
          const given = program.knowledge.parameter(state, argument, path, p);
          if (given) graph.add(nodes.slot(target, params[p]!.slot), tokens.of(TokenKind.Api, given));
        }
      } else if ((kind === TokenKind.Object || kind === TokenKind.Instance) && path.length < CALLBACK_DEPTH) {
        for (const [key, field] of [...members.fieldsOf(token)]) {
          if (key !== ANY) this.#seedCallbacks(state, argument, [...path, key], field);
        }
      }
    }
  }

  /** The nodes that a port of a model stands for at a call. Paths through objects are followed; `toWrite` makes missing ones. */
  #ports(port: Port, model: CallModel, call: ModelCall, toWrite: boolean): readonly number[] {
    const { tokens, graph, members } = this.tracking;
    let at = this.#root(port, model, call, toWrite);
    for (const key of port.path) {
      const next: number[] = [];
      for (const node of at) {
        let objects = graph.tokens(node).filter((token) => tokens.kind(token) !== TokenKind.Api);
        // What is kept for later calls belongs to what the model makes, not to a function that came back with it.
        if (toWrite && HANDLERS.includes(key))
          objects = objects.filter((token) => tokens.kind(token) !== TokenKind.Function);
        if (toWrite && objects.length === 0) objects = [this.#content(node)];
        for (const object of objects) {
          if (toWrite) next.push(members.field(object, key));
          else next.push(this.#read(object, key));
        }
      }
      at = next;
    }
    return at;
  }

  #root(port: Port, model: CallModel, { fn, pc }: ModelCall, toWrite: boolean): readonly number[] {
    const { program, nodes } = this.tracking;
    const { code } = program.fileOf(fn);
    const count = (code[pc]! >>> 8) - CALL_ARGUMENTS;
    const argument = (i: number): number => nodes.slot(fn, code[pc + CALL_ARGUMENTS + i]!);
    switch (port.root) {
      case 'argument':
        return port.index < count ? [argument(port.index)] : [];
      case 'arguments': {
        const result: number[] = [];
        for (let i = port.index; i < count; i++) result.push(argument(i));
        return result;
      }
      case 'receiver':
        return code[pc + 5]! >= 0 ? [nodes.slot(fn, code[pc + 5]!)] : [];
      case 'callee':
        return [nodes.slot(fn, code[pc + 4]!)];
      case 'result':
        return [nodes.slot(fn, code[pc + 3]!)];
      case 'state':
        return this.#state(fn, pc);
      case 'invoke-argument':
      case 'invoke-result':
        return this.#invoked(port, model, { fn, pc, state: 0 }, toWrite);
      default:
        return [];
    }
  }

  /** The cells of the objects on which, or which, is called; without one, the cell of the call. */
  #state(fn: number, pc: number): readonly number[] {
    const { program, tokens, nodes, graph, members } = this.tracking;
    const { code } = program.fileOf(fn);
    for (const holder of [code[pc + 5]!, code[pc + 4]!]) {
      if (holder < 0) continue;
      const objects = graph.tokens(nodes.slot(fn, holder)).filter((token) => tokens.kind(token) === TokenKind.Object);
      if (objects.length > 0) return objects.map((token) => members.field(token, STATE));
    }
    return [this.#siteNode(`${fn}:${pc}`)];
  }

  /** Parameters or results of the functions that a nested call of a model calls. */
  #invoked(port: Port, model: CallModel, call: ModelCall, toWrite: boolean): readonly number[] {
    const { program, tokens, nodes, graph } = this.tracking;
    const callee = model.invokes[port.invoke];
    if (!callee) return [];
    const isOurs = callee.root === 'result' || callee.root === 'invoke-argument';
    const result: number[] = [];
    for (const node of this.#ports(callee, model, call, isOurs)) {
      // The model itself provides what is called here: the setter of a state, `resolve`.
      if (isOurs) {
        const callable = this.#callable(node, port, model, call);
        if (port.root === 'invoke-argument') result.push(this.#parameter(callable, port.index));
        else if (toWrite) result.push(this.#returned(callable));
      }
      for (const token of graph.tokens(node)) {
        if (tokens.kind(token) !== TokenKind.Function) continue;
        const target = tokens.data(token);
        const param = program.functionOf(target).params[port.index];
        if (port.root === 'invoke-result') result.push(nodes.returned(target));
        else if (param) result.push(nodes.slot(target, param.slot));
      }
    }
    return result;
  }

  /** The function that models put at a node. */
  #callable(node: number, { invoke }: Port, model: CallModel, { fn, pc }: ModelCall): Callable {
    const { tokens, graph } = this.tracking;
    let number = this.#callables.get(node);
    if (number === undefined) {
      const { root, index } = model.invokes[invoke]!;
      const state = model.flows.some(
        ({ from, to }) =>
          (from.root === 'invoke-argument' && from.invoke === invoke && to.root === 'state') ||
          (to.root === 'invoke-result' && to.invoke === invoke && from.root === 'state'),
      );
      const given = root === 'invoke-argument' ? index : -1;
      number =
        this.calls.callables.push({ parameters: [], returned: -1, fn, pc, given, state, own: !keepsGiven(model) }) - 1;
      this.#callables.set(node, number);
    }
    graph.add(node, tokens.of(TokenKind.Callable, number));
    return this.calls.callables[number]!;
  }

  #parameter({ parameters }: Callable, index: number): number {
    while (parameters.length <= index) parameters.push(this.tracking.graph.node());
    return parameters[index]!;
  }

  #returned(callable: Callable): number {
    if (callable.returned < 0) callable.returned = this.tracking.graph.node();
    return callable.returned;
  }

  #read(object: number, key: string): number {
    const { tokens, members } = this.tracking;
    const kind = tokens.kind(object);
    if (kind !== TokenKind.Module && kind !== TokenKind.Callable) return members.field(object, key);
    const node = this.#siteNode(`${object}.${key}`);
    members.load(object, key, node);
    return node;
  }

  /** An object for a node that holds none yet. */
  #content(node: number): number {
    const { tokens, graph } = this.tracking;
    let object = this.#contents.get(node);
    if (object === undefined) {
      object = tokens.object();
      this.#contents.set(node, object);
    }
    graph.add(node, object);
    return object;
  }

  #siteNode(key: string): number {
    let node = this.#siteNodes.get(key);
    if (node === undefined) {
      node = this.tracking.graph.node();
      this.#siteNodes.set(key, node);
    }
    return node;
  }
}

/** A port without what only the following of data tells apart: a promise and its value, and members that arguments name. */
function plain(port: Port): Port {
  if (!port.path.some((key) => key.startsWith('%'))) return port;
  const path = port.path
    .filter((key) => key !== '%fulfilled' && key !== '%copy')
    .map((key) => (key.endsWith(')') || key === '%item' ? ELEMENT : key));
  return { ...port, path };
}

/** Whether a port is the same node at every time. */
function isFixed({ root, path }: Port): boolean {
  return path.length === 0 && (root === 'argument' || root === 'arguments' || root === 'receiver' || root === 'result');
}

function copiesFields({ from, to }: FlowModel): boolean {
  return from.path.at(-1) === ANY && to.path.at(-1) === ANY;
}
