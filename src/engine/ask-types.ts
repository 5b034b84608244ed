import type { MemberPlace, NamedType, TypeOracle } from '../core/type-oracle.js';
import { NONE, Op } from '../ir/instruction.js';
import type { Tracking } from './constraints.js';
import type { Program } from './program.js';
import { TokenKind } from './tokens.js';
import type { TypeTable } from './type-table.js';

/** Members of members that are asked about: `this.services.model.chat.completions.create()`. */
const CHAIN = 6;

/** A receiver of which nothing is known: the node of the slot that holds it, and where a member of it is read. */
interface OpenReceiver extends MemberPlace {
  readonly node: number;
}

/** receiver ⊇ what an oracle says of its type, for the receivers that everything else left open. Returns how many it told of. */
export function askTypes(tracking: Tracking, types: TypeTable, oracle: TypeOracle): number {
  const open = openReceivers(tracking);
  if (open.length === 0) return 0;
  const answers = oracle.receiversAt(open);
  let told = 0;
  open.forEach(({ node }, i) => {
    for (const type of answers[i]!) seed(tracking, types, type, node);
    if (tracking.graph.tokens(node).length > 0) told++;
  });
  return told;
}

/**
 * Those on which a method is called whose name is known of a model of an imported package, or of a class of the program. Of `a.b.c()` both
 * `a.b` and `a` are asked about: a type may be known of either.
 */
function openReceivers({ program, nodes, graph }: Tracking): OpenReceiver[] {
  const methods = ownMethods(program);
  const result: OpenReceiver[] = [];
  for (let fn = 0; fn < program.functionCount; fn++) {
    const { code, strings } = program.fileOf(fn);
    const { blocks } = program.functionOf(fn);
    const file = program.functionFile[fn]!;
    const end = blocks[blocks.length - 1]!;
    const loads = new Map<number, number>();
    const isOpen = (slot: number): boolean => graph.tokens(nodes.slot(fn, slot)).length === 0;
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
      const op = code[pc]! & 255;
      if (op === Op.Load) loads.set(code[pc + 3]!, pc);
      if (op !== Op.Call || !isOpen(code[pc + 4]!)) continue;
      let load = loads.get(code[pc + 4]!);
      const key = load === undefined ? undefined : strings[code[load + 5]!]!;
      if (key === undefined || !(methods.has(key) || program.knowledge.hasMember?.(key))) continue;
      for (let i = 0; i < CHAIN && load !== undefined && isOpen(code[load + 4]!); i++) {
        const slot: number = code[load + 4]!;
        result.push({ node: nodes.slot(fn, slot), file, start: code[load + 1]!, end: code[load + 2]! });
        load = loads.get(slot);
      }
    }
  }
  return result;
}

function ownMethods(program: Program): ReadonlySet<string> {
  const result = new Set<string>();
  for (const { classes } of program.files)
    for (const { methods } of classes) for (const { name } of methods) result.add(name);
  return result;
}

function seed({ tokens, graph, members }: Tracking, types: TypeTable, type: NamedType, node: number): void {
  if (type.kind === 'own')
    members.seedType(type.file, { kind: 'reference', name: [type.name], import: NONE, args: [] }, node);
  else for (const state of types.instanceOf(type).states) graph.add(node, tokens.of(TokenKind.Api, state));
}
