import type * as t from '@babel/types';
import type { Label } from '../../../ir/builder.js';
import { FIELD_NAME, NONE } from '../../../ir/instruction.js';
import { lowerCondition } from './condition.js';
import { lowerEffect } from './effect.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';
import { bindPattern, directSlot, lowerElement } from './pattern.js';
import { lowerStatement } from './statement.js';
import { lowerSwitch } from './switch.js';

type Labels = readonly string[];

/** The blocks of a loop. */
interface LoopBlocks {
  readonly head: Label;
  readonly body: Label;
  readonly next: Label;
  readonly end: Label;
}

export function lowerWhile(lowering: Lowering, node: t.WhileStatement, labels: Labels): void {
  const { builder } = lowering;
  const blocks = makeBlocks(lowering);
  builder.placeLoop(blocks.head);
  lowerCondition(lowering, node.test, blocks.body, blocks.end);
  builder.place(blocks.body);
  lowerLoopBody(lowering, node.body, labels, blocks.head, blocks.end);
  builder.jump(node, blocks.head);
  builder.place(blocks.end);
}

export function lowerDoWhile(lowering: Lowering, node: t.DoWhileStatement, labels: Labels): void {
  const { builder } = lowering;
  const blocks = makeBlocks(lowering);
  builder.placeLoop(blocks.head);
  lowerLoopBody(lowering, node.body, labels, blocks.next, blocks.end);
  builder.place(blocks.next);
  lowerCondition(lowering, node.test, blocks.head, blocks.end);
  builder.place(blocks.end);
}

export function lowerFor(lowering: Lowering, node: t.ForStatement, labels: Labels): void {
  const { builder } = lowering;
  const blocks = makeBlocks(lowering);
  lowering.enterScope(node);
  if (node.init) {
    if (node.init.type === 'VariableDeclaration') lowerStatement(lowering, node.init);
    else lowerEffect(lowering, node.init);
  }
  builder.placeLoop(blocks.head);
  if (node.test) {
    lowerCondition(lowering, node.test, blocks.body, blocks.end);
    builder.place(blocks.body);
  }
  lowerLoopBody(lowering, node.body, labels, blocks.next, blocks.end);
  builder.place(blocks.next);
  if (node.update) lowerEffect(lowering, node.update);
  builder.jump(node, blocks.head);
  builder.place(blocks.end);
}

/** `for (const x of xs)`, also `for await`: each round binds an element. */
export function lowerForOf(lowering: Lowering, node: t.ForOfStatement, labels: Labels): void {
  const iterable = lowerExpression(lowering, node.right);
  lowerIteration(lowering, node, labels, (pattern) => lowerElement(lowering, node.left, iterable, pattern));
}

/** `for (const k in o)`: each round binds the name of a field. */
export function lowerForIn(lowering: Lowering, node: t.ForInStatement, labels: Labels): void {
  const object = lowerExpression(lowering, node.right);
  lowerIteration(lowering, node, labels, (pattern) =>
    lowering.builder.load(node.left, object, FIELD_NAME, directSlot(lowering, pattern)),
  );
}

function lowerIteration(
  lowering: Lowering,
  node: t.ForOfStatement | t.ForInStatement,
  labels: Labels,
  element: (pattern: t.Node) => number,
): void {
  const { builder } = lowering;
  const blocks = makeBlocks(lowering);
  builder.placeLoop(blocks.head);
  builder.branch(node.left, NONE, blocks.body, blocks.end);
  builder.place(blocks.body);
  lowering.enterScope(node);
  const pattern: t.Node = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]!.id : node.left;
  bindPattern(lowering, pattern, element(pattern));
  lowerLoopBody(lowering, node.body, labels, blocks.head, blocks.end);
  builder.jump(node, blocks.head);
  builder.place(blocks.end);
}

function makeBlocks({ builder }: Lowering): LoopBlocks {
  return { head: builder.label(), body: builder.label(), next: builder.label(), end: builder.label() };
}

function lowerLoopBody(
  lowering: Lowering,
  body: t.Node,
  labels: Labels,
  continueLabel: Label,
  breakLabel: Label,
): void {
  lowering.controls.push({ kind: 'loop', labels, breakLabel, continueLabel });
  lowerStatement(lowering, body);
  lowering.controls.pop();
}

export function lowerLabelled(lowering: Lowering, node: t.LabeledStatement): void {
  const labels: string[] = [];
  let current: t.Statement = node;
  while (current.type === 'LabeledStatement') {
    labels.push(current.label.name);
    current = current.body;
  }
  switch (current.type) {
    case 'ForStatement':
      lowerFor(lowering, current, labels);
      return;
    case 'ForOfStatement':
      lowerForOf(lowering, current, labels);
      return;
    case 'ForInStatement':
      lowerForIn(lowering, current, labels);
      return;
    case 'WhileStatement':
      lowerWhile(lowering, current, labels);
      return;
    case 'DoWhileStatement':
      lowerDoWhile(lowering, current, labels);
      return;
    case 'SwitchStatement':
      lowerSwitch(lowering, current, labels);
      return;
    default: {
      const end = lowering.builder.label();
      lowering.controls.push({ kind: 'labelled', labels, breakLabel: end, continueLabel: end });
      lowerStatement(lowering, current);
      lowering.controls.pop();
      lowering.builder.place(end);
    }
  }
}
