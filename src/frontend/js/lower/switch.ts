import type * as t from '@babel/types';
import type { Label } from '../../../ir/builder.js';
import { CompareOperator } from '../../../ir/instruction.js';
import { lowerCondition } from './condition.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';
import { hoistFunctions, lowerStatements } from './statement.js';

/** All tests in order, then all bodies in order, each falling through to the next. */
export function lowerSwitch(lowering: Lowering, node: t.SwitchStatement, labels: readonly string[]): void {
  const { builder } = lowering;
  const always = node.discriminant.type === 'BooleanLiteral' && node.discriminant.value;
  const subject = always ? undefined : lowerExpression(lowering, node.discriminant);
  lowering.enterScope(node);
  for (const clause of node.cases) hoistFunctions(lowering, clause.consequent);
  const end = builder.label();
  const bodies = node.cases.map(() => builder.label());
  let fallback = end;
  for (const [index, clause] of node.cases.entries()) {
    if (clause.test) lowerTest(lowering, clause.test, subject, bodies[index]!);
    else fallback = bodies[index]!;
  }
  builder.jump(node, fallback);
  lowering.controls.push({ kind: 'switch', labels, breakLabel: end, continueLabel: end });
  for (const [index, clause] of node.cases.entries()) {
    builder.place(bodies[index]!);
    lowerStatements(lowering, clause.consequent);
  }
  lowering.controls.pop();
  builder.place(end);
}

/** `subject === test`; in `switch (true)` the test itself. */
function lowerTest(lowering: Lowering, test: t.Node, subject: number | undefined, body: Label): void {
  const { builder } = lowering;
  const next = builder.label();
  if (subject === undefined) lowerCondition(lowering, test, body, next);
  else {
    const value = lowerExpression(lowering, test);
    builder.branch(test, builder.compare(test, CompareOperator.Equal, subject, value), body, next);
  }
  builder.place(next);
}
