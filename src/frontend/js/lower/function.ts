import type * as t from '@babel/types';
import type { DecoratorIR, FunctionIR, ParamIR } from '../../../ir/file.js';
import { BOX_FIELD, CallFlag, NONE } from '../../../ir/instruction.js';
import type { TypeNode } from '../../../ir/type.js';
import type { Binding, FunctionScope } from '../scope/binding.js';
import { toTypeNode } from '../types/to-type-node.js';
import { toDecorators } from './decorator.js';
import { lowerExpression } from './expression.js';
import { lowerFields, lowerStaticMembers } from './field.js';
import type { Lowering } from './lowering.js';
import { makeModuleExports } from './module.js';
import { bindPattern } from './pattern.js';
import { hoistFunctions, lowerStatements } from './statement.js';
import { readBinding } from './variable.js';

/** Lowers one function, from the slots that it receives to its last instruction. */
export function lowerFunction(lowering: Lowering, scope: FunctionScope): FunctionIR {
  const { builder } = lowering;
  const { node } = scope;
  lowering.function = scope;
  lowering.slotTypes = [];
  lowering.controls = [];
  lowering.fieldsAfterSuper = undefined;
  builder.beginFunction();
  const thisSlot = receive(lowering, scope.thisBinding);
  const argumentsSlot = receive(lowering, scope.argumentsBinding);
  const captures = scope.captures.map((binding) => ({
    name: binding.name,
    slot: receive(lowering, binding),
    boxed: binding.boxed,
  }));
  const params = 'params' in node ? receiveParams(lowering, node.params) : [];
  lowering.enterScope(node);
  if ('params' in node) for (const [index, param] of node.params.filter(isReal).entries()) bindParam(lowering, param, params[index]!);
  lowerBody(lowering, scope);
  const body = builder.endFunction({ start: node.end!, end: node.end! });
  const returnType = 'returnType' in node && node.returnType ? toTypeNode(lowering.typeContext, node.returnType) : undefined;
  return {
    name: scope.name,
    qualifiedName: scope.qualifiedName,
    parent: scope.parent?.index ?? NONE,
    classIndex: scope.home?.index ?? NONE,
    kind: scope.kind,
    async: 'async' in node && node.async === true,
    generator: 'generator' in node && node.generator === true,
    isStatic: scope.isStatic,
    start: node.start!,
    end: node.end!,
    params,
    thisSlot,
    argumentsSlot,
    captures,
    slots: body.slots,
    slotNames: body.slotNames,
    slotMutable: body.slotMutable,
    slotTypes: lowering.slotTypes,
    ...(returnType && { returnType }),
    blocks: body.blocks,
    directives: directivesOf(node),
    decorators: 'decorators' in node && node.decorators && !isClass(node) ? toDecorators(lowering, node.decorators) : [],
  };
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

function receiveParams(lowering: Lowering, params: readonly t.Node[]): ParamIR[] {
  return params.filter(isReal).map((param) => receiveParam(lowering, param));
}

function receiveParam(lowering: Lowering, param: t.Node): ParamIR {
  const property = param.type === 'TSParameterProperty';
  const inner: t.Node = property ? param.parameter : param;
  const rest = inner.type === 'RestElement';
  const pattern: t.Node = rest ? inner.argument : inner;
  const target: t.Node = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
  const name = target.type === 'Identifier' ? target.name : '';
  const binding = pattern.type === 'Identifier' ? lowering.bindingAt(pattern.start!) : undefined;
  const slot = binding && !binding.boxed ? lowering.slotOf(binding) : lowering.builder.slot(name === '' ? undefined : name);
  lowering.builder.receive(slot);
  const annotation = annotationOf(target) ?? annotationOf(inner);
  const decorators = 'decorators' in param && param.decorators ? param.decorators : undefined;
  return {
    name,
    slot,
    rest,
    ...(annotation && { type: toTypeNode(lowering.typeContext, annotation) }),
    decorators: decorators ? toDecorators(lowering, decorators) : NO_DECORATORS,
    property,
  };
}

const NO_DECORATORS: readonly DecoratorIR[] = [];

function annotationOf(node: t.Node): t.Node | undefined {
  return 'typeAnnotation' in node && node.typeAnnotation ? (node.typeAnnotation as t.Node) : undefined;
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
  if (!('body' in node)) return;
  const body = node.body as t.Node;
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

function directivesOf(node: t.Node): readonly string[] {
  const body = 'body' in node ? (node.body as t.Node | t.Node[]) : undefined;
  const holder = node.type === 'Program' ? node : !Array.isArray(body) && body?.type === 'BlockStatement' ? body : undefined;
  return holder?.directives?.map((directive) => directive.value.value) ?? [];
}
