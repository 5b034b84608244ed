import type * as t from '@babel/types';
import { NONE } from '../../../ir/instruction.js';
import { type Control, type Exit, resume } from './control.js';
import type { Lowering } from './lowering.js';
import { bindPattern } from './pattern.js';
import { hoistFunctions, lowerBlock, lowerStatements } from './statement.js';

/**
 * How deep `finally` blocks are written twice, once for the normal way and once for all abrupt ones. Inside deeper ones the ways are
 * joined. Why: each level doubles the code.
 */
const FINALLY_COPIES = 2;

/**
 * The region that a handler guards ends where the handler's block begins. A `finally` block is one more handler around the block and its
 * `catch` clause; `return`, `break` and `continue` that leave it go through it too.
 */
export function lowerTry(lowering: Lowering, node: t.TryStatement): void {
  if (node.finalizer) lowerFinally(lowering, node, node.finalizer);
  else lowerGuarded(lowering, node);
}

function lowerGuarded(lowering: Lowering, node: t.TryStatement): void {
  const { builder } = lowering;
  const { handler } = node;
  if (!handler) {
    lowerBlock(lowering, node.block, node.block.body);
    return;
  }
  const region = builder.label();
  const caught = builder.label();
  const end = builder.label();
  builder.try(node, region, caught);
  builder.place(region);
  lowerBlock(lowering, node.block, node.block.body);
  builder.jump(node, end);
  builder.place(caught);
  lowerCatch(lowering, handler);
  builder.place(end);
}

function lowerCatch(lowering: Lowering, node: t.CatchClause): void {
  const { builder } = lowering;
  lowering.enterScope(node);
  const binding = node.param?.type === 'Identifier' ? lowering.bindingAt(node.param.start!) : undefined;
  const slot = builder.caught(node.param ?? node, binding ? lowering.plainSlot(binding) : NONE);
  if (node.param) bindPattern(lowering, node.param, slot);
  hoistFunctions(lowering, node.body.body);
  lowerStatements(lowering, node.body.body);
}

function lowerFinally(lowering: Lowering, node: t.TryStatement, finalizer: t.BlockStatement): void {
  const { builder } = lowering;
  const region = builder.label();
  const abrupt = builder.label();
  const end = builder.label();
  const exits: Exit[] = [];
  const control: Control = { kind: 'finally', abrupt, exits, returnSlot: NONE };
  builder.try(node, region, abrupt);
  builder.place(region);
  lowering.controls.push(control);
  lowerGuarded(lowering, node);
  lowering.controls.pop();

  const joined = lowering.finallyCopies >= FINALLY_COPIES;
  const completes = builder.reachable;
  const normal = builder.label();
  builder.jump(node, joined ? abrupt : normal);

  builder.place(abrupt);
  const thrown = builder.caught(finalizer);
  lowerFinalizer(lowering, finalizer);
  for (const exit of exits) {
    const here = builder.label();
    const next = builder.label();
    builder.branch(finalizer, NONE, here, next);
    builder.place(here);
    resume(lowering, finalizer, exit, control.returnSlot);
    builder.place(next);
  }
  if (joined && completes) {
    const raise = builder.label();
    builder.branch(finalizer, NONE, end, raise);
    builder.place(raise);
  }
  builder.throw(finalizer, thrown);
  builder.place(normal);
  if (!joined) lowerFinalizer(lowering, finalizer);
  builder.place(end);
}

function lowerFinalizer(lowering: Lowering, finalizer: t.BlockStatement): void {
  lowering.finallyCopies++;
  lowerBlock(lowering, finalizer, finalizer.body);
  lowering.finallyCopies--;
}
