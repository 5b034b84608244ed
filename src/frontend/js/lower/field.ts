import { ANY, NONE } from '../../../ir/instruction.js';
import type { ClassScope } from '../scope/binding.js';
import { literalKey } from '../scope/static-name.js';
import { isField, isInitialised } from '../scope/visit-class.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';
import { hoistFunctions, lowerStatements } from './statement.js';

/** Runs the initialisers of a class's fields: the static ones, or those of an instance. */
export function lowerFields(lowering: Lowering, scope: ClassScope, isStatic: boolean): void {
  for (const member of scope.node.body.body) {
    if (isStatic && member.type === 'StaticBlock') {
      lowering.enterScope(member);
      hoistFunctions(lowering, member.body);
      lowerStatements(lowering, member.body);
    }
    if (!isField(member) || (member.static === true) !== isStatic || !isInitialised(member)) continue;
    lowering.enterScope(member);
    const computed = member.type !== 'ClassPrivateProperty' && member.computed === true;
    const value = lowerExpression(lowering, member.value!, NONE);
    lowering.builder.store(member, lowering.thisSlot(member), literalKey(member.key, computed) ?? ANY, value);
  }
}

export function lowerStaticMembers(lowering: Lowering, scope: ClassScope): void {
  lowerFields(lowering, scope, true);
}
