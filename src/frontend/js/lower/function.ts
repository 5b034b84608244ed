import type * as t from '@babel/types';
import type { FunctionBody } from '../../../ir/builder.js';
import type { CaptureIR, FunctionIR, ParamIR } from '../../../ir/file.js';
import { BOX_FIELD, CallFlag, NONE } from '../../../ir/instruction.js';
import type { TypeNode } from '../../../ir/type.js';
import type { Binding, FunctionNode, FunctionScope } from '../scope/binding.js';
import { toTypeNode } from '../types/to-type-node.js';
import { parameterNames } from '../types/type-declaration.js';
import { toDecorators } from './decorator.js';
import { lowerExpression } from './expression.js';
import { lowerFields, lowerStaticMembers } from './field.js';
import type { Lowering } from './lowering.js';
import { makeModuleExports } from './module.js';
import { bindPattern } from './pattern.js';
import { hoistFunctions, lowerStatements } from './statement.js';
import { readBinding } from './variable.js';

const NO_NAMES = new Int32Array(0);
const NO_FLAGS = new Uint8Array(0);
const NONE_OF_ANY: readonly never[] = [];

/** A function whose tables are still to be cut out of those of the file. */
export interface LoweredFunction {
  readonly row: { -readonly [Key in keyof FunctionIR]: FunctionIR[Key] };
  readonly body: FunctionBody;
}

/** Lowers one function, from the slots that it receives to its last instruction. */
export function lowerFunction(lowering: Lowering, scope: FunctionScope): LoweredFunction {
  const { builder } = lowering;
  const { node } = scope;
  const written = isFunction(node) ? node : undefined;
  lowering.enterFunction(scope);
  builder.beginFunction();
  const thisSlot = receive(lowering, scope.thisBinding);
  const argumentsSlot = receive(lowering, scope.argumentsBinding);
  const captures = receiveCaptures(lowering, scope);
  const params = written ? receiveParams(lowering, written.params) : NONE_OF_ANY;
  lowering.enterScope(node);
  if (written) bindParams(lowering, written.params, params);
  lowerBody(lowering, scope);
  const body = builder.endFunction({ start: node.end!, end: node.end! });
  const row: LoweredFunction['row'] = {
    name: scope.name,
    qualifiedName: scope.qualifiedName,
    parent: scope.parent?.index ?? NONE,
    classIndex: scope.home?.index ?? NONE,
    kind: scope.kind,
    async: written?.async === true,
    generator: written?.generator === true,
    isStatic: scope.isStatic,
    start: node.start!,
    end: node.end!,
    params,
    thisSlot,
    argumentsSlot,
    captures,
    slots: body.slots,
    slotNames: NO_NAMES,
    slotMutable: NO_FLAGS,
    slotTypes: lowering.slotTypes,
    blocks: NO_NAMES,
    directives: written ? directivesOf(written) : NONE_OF_ANY,
    decorators: toDecorators(lowering, decoratorsOf(node)),
  };
  if (written?.returnType) {
    row.returnType = toTypeNode(lowering.typeContext, written.returnType);
    const typeParameters = parameterNames(written.typeParameters);
    if (typeParameters.length > 0) row.typeParameters = typeParameters;
  }
  return { row, body };
}

function isFunction(node: t.Node): node is FunctionNode {
  switch (node.type) {
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      return true;
    default:
      return false;
  }
}

function decoratorsOf(node: t.Node): readonly t.Decorator[] {
  const isMethod = node.type === 'ClassMethod' || node.type === 'ClassPrivateMethod';
  return (isMethod && node.decorators) || NONE_OF_ANY;
}

function receiveCaptures(lowering: Lowering, scope: FunctionScope): readonly CaptureIR[] {
  if (scope.captures.length === 0) return NONE_OF_ANY;
  return scope.captures.map((binding) => ({
    name: binding.name,
    slot: receive(lowering, binding),
    boxed: binding.boxed,
  }));
}

function isClass(node: t.Node): node is t.Class {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

function receive(lowering: Lowering, binding: Binding | undefined): number {
  if (!binding) return NONE;
  const slot = lowering.slotOf(binding);
  lowering.builder.receive(slot);
  return slot;
}

/** TypeScript's `this` parameter is a type, no parameter. */
function isReal(param: t.Node): boolean {
  return !(param.type === 'Identifier' && param.name === 'this');
}

function receiveParams(lowering: Lowering, params: readonly t.Node[]): readonly ParamIR[] {
  if (params.length === 0) return NONE_OF_ANY;
  const rows: ParamIR[] = [];
  for (const param of params) {
    if (!isReal(param)) continue;
    const row = receiveParam(lowering, param);
    // Of two parameters with the same name, the last is the variable.
    const earlier = rows.findIndex(({ slot }) => slot === row.slot);
    if (earlier >= 0) rows[earlier] = { ...rows[earlier]!, slot: unusedSlot(lowering) };
    rows.push(row);
  }
  return rows;
}

function unusedSlot(lowering: Lowering): number {
  const slot = lowering.builder.slot();
  lowering.builder.receive(slot);
  return slot;
}

function bindParams(lowering: Lowering, params: readonly t.Node[], rows: readonly ParamIR[]): void {
  let index = 0;
  for (const param of params) if (isReal(param)) bindParam(lowering, param, rows[index++]!);
}

function receiveParam(lowering: Lowering, param: t.Node): ParamIR {
  const property = param.type === 'TSParameterProperty';
  const inner: t.Node = property ? param.parameter : param;
  const rest = inner.type === 'RestElement';
  const pattern: t.Node = rest ? inner.argument : inner;
  const target: t.Node = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
  const name = target.type === 'Identifier' ? target.name : '';
  const binding = pattern.type === 'Identifier' ? lowering.bindingAt(pattern.start!) : undefined;
  const slot =
    binding && !binding.boxed ? lowering.slotOf(binding) : lowering.builder.slot(name === '' ? undefined : name);
  lowering.builder.receive(slot);
  const annotation = annotationOf(target) ?? annotationOf(inner);
  const decorators = toDecorators(lowering, (param as t.Identifier).decorators ?? NONE_OF_ANY);
  if (!annotation) return { name, slot, rest, decorators, property };
  return { name, slot, rest, type: toTypeNode(lowering.typeContext, annotation), decorators, property };
}

function annotationOf(node: t.Node): t.Node | undefined {
  return (node as t.Identifier).typeAnnotation ?? undefined;
}

/** Destructures, boxes and stores what the parameter's slot has received. */
function bindParam(lowering: Lowering, param: t.Node, received: ParamIR): void {
  if (param.type === 'TSParameterProperty') {
    bindParam(lowering, param.parameter, received);
    const binding = parameterBinding(lowering, param.parameter);
    if (binding) {
      const value = readBinding(lowering, binding, param);
      lowering.builder.store(param, lowering.thisSlot(param), binding.name, value);
    }
  } else if (param.type !== 'Identifier') {
    bindPattern(lowering, param, received.slot);
    rememberType(lowering, param, received.type);
  } else {
    const binding = lowering.bindingAt(param.start!);
    if (binding?.boxed) lowering.builder.store(param, lowering.slotOf(binding), BOX_FIELD, received.slot);
  }
}

/** The variable of a parameter with a default is another slot than the parameter's own. */
function rememberType(lowering: Lowering, param: t.Node, type: TypeNode | undefined): void {
  if (!type || param.type !== 'AssignmentPattern') return;
  const binding = parameterBinding(lowering, param);
  const slot = binding ? lowering.plainSlot(binding) : NONE;
  if (slot !== NONE) lowering.slotTypes.push([slot, type]);
}

function parameterBinding(lowering: Lowering, param: t.Node): Binding | undefined {
  const target = param.type === 'AssignmentPattern' ? param.left : param;
  return target.type === 'Identifier' ? lowering.bindingAt(target.start!) : undefined;
}

function lowerBody(lowering: Lowering, scope: FunctionScope): void {
  const { node } = scope;
  if (isClass(node)) {
    if (scope.kind === 'static-block') lowerStaticMembers(lowering, scope.home!);
    else lowerMadeConstructor(lowering, scope);
    return;
  }
  if (node.type === 'Program') {
    makeModuleExports(lowering);
    hoistFunctions(lowering, node.body);
    lowerStatements(lowering, node.body);
    return;
  }
  if (!isFunction(node)) return;
  const { body } = node;
  if (body.type !== 'BlockStatement') {
    lowering.builder.return(body, lowerExpression(lowering, body));
    return;
  }
  const derived = scope.home?.superBinding !== undefined;
  if (scope.kind === 'constructor' && scope.home) {
    if (derived) lowering.fieldsAfterSuper = scope.home;
    else lowerFields(lowering, scope.home, false);
  }
  hoistFunctions(lowering, body.body);
  lowerStatements(lowering, body.body);
}

/** The constructor of a class that writes none. */
function lowerMadeConstructor(lowering: Lowering, scope: FunctionScope): void {
  const { node, home } = scope;
  if (home!.superBinding) {
    const superclass = readBinding(lowering, home!.superBinding, node);
    const args = [lowering.slotOf(scope.argumentsBinding!)];
    lowering.builder.call(node, superclass, lowering.thisSlot(node), CallFlag.Super, 1, args);
  }
  lowerFields(lowering, home!, false);
}

function directivesOf(node: FunctionNode): readonly string[] {
  if (node.body.type !== 'BlockStatement' || node.body.directives.length === 0) return NONE_OF_ANY;
  return node.body.directives.map((directive) => directive.value.value);
}
