import { ANY, CombineMode, CompareOperator, ELEMENT, Op } from '../ir/instruction.js';
import type { ExportTable } from './exports.js';
import type { Members } from './members.js';
import type { Nodes } from './nodes.js';
import type { PointsTo } from './points-to.js';
import type { Program } from './program.js';
import { TokenKind, type TokenTable } from './tokens.js';

/** The parts that the tracker's steps share. */
export interface Tracking {
  readonly program: Program;
  readonly exports: ExportTable;
  readonly tokens: TokenTable;
  readonly nodes: Nodes;
  readonly graph: PointsTo;
  readonly members: Members;
  /** Nodes of slots that hold `f.call`, `f.apply` or `f.bind`, with that name. */
  readonly indirect: Map<number, string>;
}

/** Adds the constraints of one function's code. */
export function addConstraints(tracking: Tracking, fn: number): void {
  const { program, tokens, nodes, graph, members } = tracking;
  const ir = program.functionOf(fn);
  const { code, strings } = program.fileOf(fn);
  const file = program.functionFile[fn]!;
  const base = nodes.base(fn);
  const variables = nodes.variable(program.variableBase[file]!);
  addDeclared(tracking, fn);
  const end = ir.blocks[ir.blocks.length - 1]!;
  for (let pc = ir.blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const a = code[pc + 3]!;
    const b = code[pc + 4]!;
    switch (code[pc]! & 255) {
      case Op.Copy: // a ⊇ b
        graph.edge(base + b, base + a);
        break;
      case Op.Alloc: // a ∋ object(pc)
        graph.add(base + a, tokens.site(file, pc));
        break;
      case Op.Load: {
        // ∀o ∈ b: a ⊇ o.key
        const key = strings[code[pc + 5]!]!;
        if (key === 'call' || key === 'apply' || key === 'bind') tracking.indirect.set(base + a, key);
        graph.listen(base + b, fn, pc);
        break;
      }
      case Op.LoadDynamic:
      case Op.Call:
        graph.listen(base + b, fn, pc);
        break;
      case Op.Store: // ∀o ∈ a: o.key ⊇ c
      case Op.StoreDynamic:
        graph.listen(base + a, fn, pc);
        break;
      case Op.Absorb: // ∀o ∈ a, s ∈ b: parents(o) ∋ s
        graph.listen(base + a, fn, pc);
        graph.listen(base + b, fn, pc);
        break;
      case Op.Combine: // a ⊇ each operand, where the result is one of them
        if (b === CombineMode.Either)
          for (let i = pc + 5; i < pc + (code[pc]! >>> 8); i++) graph.edge(base + code[i]!, base + a);
        break;
      case Op.Compare: // ∀C ∈ right: left ∋ instance(C)
        if (b === CompareOperator.InstanceOf) graph.listen(base + code[pc + 6]!, fn, pc);
        break;
      case Op.Closure: {
        // a ∋ function; its captures ⊇ the captured slots
        const target = program.sibling(fn, b);
        graph.add(base + a, tokens.of(TokenKind.Function, target));
        const { captures } = program.functionOf(target);
        for (let i = 0; i < captures.length; i++) {
          const slot = code[pc + 5 + i]!;
          if (slot >= 0) graph.edge(base + slot, nodes.slot(target, captures[i]!.slot));
        }
        break;
      }
      case Op.Class: {
        const cls = program.classBase[file]! + b;
        graph.add(base + a, tokens.of(TokenKind.Class, cls));
        addFields(tracking, cls, file);
        if (code[pc + 5]! >= 0) graph.listen(base + code[pc + 5]!, fn, pc);
        break;
      }
      case Op.Global: {
        const state = program.knowledge.global(strings[b]!);
        if (state) graph.add(base + a, tokens.of(TokenKind.Api, state));
        break;
      }
      case Op.LoadVariable:
        graph.edge(variables + b, base + a);
        break;
      case Op.StoreVariable:
        graph.edge(base + b, variables + a);
        break;
      case Op.Import: {
        const binding = tracking.exports.imported(file, b);
        if (binding) members.bind(binding, base + a);
        const published = tracking.exports.published(file, b);
        if (published) members.bind(published, base + a);
        break;
      }
      case Op.Return:
        if (a >= 0) graph.edge(base + a, nodes.returned(fn));
        break;
      case Op.Yield:
        if (b >= 0) graph.edge(base + b, nodes.yielded(fn));
        break;
      default:
    }
  }
  if (!ir.generator) return;
  const generator = tokens.object();
  graph.add(nodes.returned(fn), generator);
  graph.edge(nodes.yielded(fn), members.field(generator, ELEMENT));
}

/** What the reaction to a new token at an instruction is, but for calls. */
export function react(tracking: Tracking, fn: number, pc: number, token: number): void {
  const { program, tokens, nodes, graph, members } = tracking;
  const { code, strings } = program.fileOf(fn);
  const base = nodes.base(fn);
  const a = base + code[pc + 3]!;
  const b = code[pc + 4]!;
  switch (code[pc]! & 255) {
    case Op.Load:
      members.load(token, strings[code[pc + 5]!]!, a);
      if (tokens.kind(token) === TokenKind.Function && tracking.indirect.has(a)) graph.add(a, token);
      break;
    case Op.LoadDynamic:
      members.load(token, ANY, a);
      break;
    case Op.Store:
      members.store(token, strings[b]!, base + code[pc + 5]!);
      break;
    case Op.StoreDynamic:
      members.store(token, ELEMENT, base + code[pc + 5]!);
      break;
    case Op.Absorb:
      for (const object of [...graph.tokens(a)]) {
        if (tokens.kind(object) !== TokenKind.Object) continue;
        for (const source of [...graph.tokens(base + b)]) members.addParent(object, source);
      }
      break;
    case Op.Compare:
      // What is checked for being one is one where it matters.
      members.addInstance(token, base + code[pc + 5]!);
      break;
    case Op.Class:
      members.inherit(program.classBase[program.functionFile[fn]!]! + b, token);
      break;
    default:
  }
}

/** What types, decorators and the class of a method say of parameters, variables, results and `this`. */
function addDeclared({ program, tokens, nodes, graph, members }: Tracking, fn: number): void {
  const ir = program.functionOf(fn);
  const file = program.functionFile[fn]!;
  for (const param of ir.params) {
    if (param.type) members.seedType(file, param.type, nodes.slot(fn, param.slot));
    for (const { token } of param.decorators) if (token) members.seedType(file, token, nodes.slot(fn, param.slot));
  }
  for (const [slot, type] of ir.slotTypes) members.seedType(file, type, nodes.slot(fn, slot));
  if (ir.returnType) members.seedType(file, ir.returnType, nodes.returned(fn));
  const owner = program.ownerClass(fn);
  if (owner < 0 || ir.thisSlot < 0) return;
  graph.add(nodes.slot(fn, ir.thisSlot), tokens.of(ir.isStatic ? TokenKind.Class : TokenKind.Instance, owner));
}

function addFields({ program, tokens, members }: Tracking, cls: number, file: number): void {
  const instance = tokens.of(TokenKind.Instance, cls);
  const statics = tokens.of(TokenKind.Class, cls);
  for (const field of program.classOf(cls).fields) {
    const node = members.field(field.isStatic ? statics : instance, field.name);
    if (field.type) members.seedType(file, field.type, node);
    for (const { token } of field.decorators) if (token) members.seedType(file, token, node);
  }
}
