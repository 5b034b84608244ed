import type * as t from '@babel/types';
import { LiteralKind, NONE } from '../../../ir/instruction.js';
import type { ChainLink, ChainState } from './chain.js';
import { memberKey } from './chain.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';
import { readBinding } from './variable.js';

/** Helpers that compilers wrap around `require`; the value they return is, for the analysis, the one they are given. */
const INTEROP_HELPERS: ReadonlySet<string> = new Set([
  '__importDefault',
  '__importStar',
  '__toESM',
  '__toCommonJS',
  '_interopRequireDefault',
  '_interopRequireWildcard',
  '_interop_require_default',
  '_interop_require_wildcard',
]);

/**
 * Lowers the base of a chain, and its first links, where they mean more than they say: `super`, `require('x')`, `import('x')`,
 * `module.exports`, `eval(…)`, interop helpers. Returns false when there is nothing special.
 * @param bottom where the chain's links begin on `lowering.chain`
 * @param target the slot for the value of the chain, should nothing follow
 */
export function lowerSpecialBase(
  lowering: Lowering,
  base: t.Node,
  bottom: number,
  state: ChainState,
  target: number,
): boolean {
  const first = lowering.chain.length > bottom ? (lowering.chain.at(-1) as ChainLink) : undefined;
  if (base.type === 'Identifier')
    return first !== undefined && lowerNamed(lowering, base, first, bottom, state, target);
  if (base.type === 'Super') return lowerSuper(lowering, base, first, state);
  if (isFunctionLiteral(base) && isMember(first, 'constructor')) {
    lowering.chain.pop();
    state.value = lowering.builder.global(first, 'Function');
    return true;
  }
  if (base.type === 'Import' && first && 'arguments' in first) {
    const specifier = literalText(first.arguments[0]);
    lowering.chain.pop();
    if (specifier !== undefined) state.value = importModule(lowering, first, specifier, 'dynamic', NONE);
    else state.value = lowerUnresolvedImport(lowering, first);
    return true;
  }
  return false;
}

/** `require` and its kin may be declared by the module itself (`createRequire`), but a parameter of that name is something else. */
function lowerNamed(
  lowering: Lowering,
  base: t.Identifier,
  first: ChainLink,
  bottom: number,
  state: ChainState,
  last: number,
): boolean {
  const target = lowering.chain.length - bottom === 1 ? last : NONE;
  const binding = lowering.bindingAt(base.start!);
  if (binding && (binding.scope !== 0 || binding.import !== NONE)) return false;
  switch (base.name) {
    case 'require': {
      const specifier =
        'arguments' in first && first.arguments.length === 1 ? literalText(first.arguments[0]) : undefined;
      if (specifier === undefined) return false;
      lowering.chain.pop();
      state.value = importModule(lowering, first, specifier, 'require', target);
      return true;
    }
    case 'module':
      if (!isModuleExports(lowering, base, first)) return false;
      lowering.chain.pop();
      state.value = lowering.builder.loadVariable(first, lowering.commonjsVariable);
      return true;
    case 'eval':
    case 'Function': {
      // `eval('import("x")')` keeps a compiler from turning the import into a `require`.
      const imported = base.name === 'eval' && 'arguments' in first ? importedByText(first.arguments[0]) : undefined;
      if (imported !== undefined) {
        lowering.chain.pop();
        state.value = importModule(lowering, first, imported, 'dynamic', target);
        return true;
      }
      if ('arguments' in first && !binding) reportDynamicCode(lowering, base.name, first);
      return false;
    }
    case 'Symbol': {
      // A symbol is a name of its own; two of one description are taken for one.
      const text = 'arguments' in first && first.arguments.length === 1 ? literalText(first.arguments[0]) : undefined;
      if (binding || text === undefined) return false;
      lowering.chain.pop();
      state.value = lowering.builder.const(first, LiteralKind.String, `@@${text}`, target);
      return true;
    }
    case 'Object':
      return !binding && lowerFunctionMaker(lowering, bottom, first, state);
    case '__exportStar':
    case '__export':
      return lowerExportStar(lowering, first, state);
    default:
      if (!INTEROP_HELPERS.has(base.name) || !('arguments' in first) || first.arguments.length === 0) return false;
      lowering.chain.pop();
      state.value = lowerExpression(lowering, first.arguments[0]!);
      return true;
  }
}

function isMember(link: ChainLink | undefined, name: string): link is ChainLink {
  return link !== undefined && !('arguments' in link) && memberKey(link) === name;
}

function isFunctionLiteral(node: t.Node | undefined): boolean {
  return node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression';
}

/** `Object.getPrototypeOf(async function () {}).constructor` makes functions of texts, as `Function` does. */
function lowerFunctionMaker(lowering: Lowering, bottom: number, first: ChainLink, state: ChainState): boolean {
  const { chain } = lowering;
  if (chain.length - bottom < 3 || !isMember(first, 'getPrototypeOf')) return false;
  const [member, call] = [chain[chain.length - 3] as ChainLink, chain[chain.length - 2] as ChainLink];
  if (!('arguments' in call) || !isFunctionLiteral(call.arguments[0]) || !isMember(member, 'constructor')) return false;
  chain.length -= 3;
  state.value = lowering.builder.global(first, 'Function');
  return true;
}

/** The specifier of a text that is nothing but `import("x")`. */
function importedByText(node: t.Node | undefined): string | undefined {
  return /^\s*import\(\s*(['"])([^'"\\]+)\1\s*\);?\s*$/.exec(literalText(node) ?? '')?.[2];
}

export function reportDynamicCode(lowering: Lowering, name: string, node: t.Node): void {
  lowering.report('dynamic-code', `The text given to \`${name}\` is not followed`, node);
}

/** Whether the first link on the free name `module` is `.exports`. */
export function isModuleExports(lowering: Lowering, base: t.Identifier, first: t.Node): boolean {
  return (
    base.name === 'module' &&
    first.type === 'MemberExpression' &&
    memberKey(first) === 'exports' &&
    !lowering.bindingAt(base.start!) &&
    lowering.commonjsVariable !== NONE
  );
}

/** `__exportStar(require('x'), exports)` */
function lowerExportStar(lowering: Lowering, first: ChainLink, state: ChainState): boolean {
  if (!('arguments' in first) || lowering.commonjsVariable === NONE || first.arguments.length === 0) return false;
  lowering.chain.pop();
  const source = lowerExpression(lowering, first.arguments[0]!);
  const exports = lowering.builder.loadVariable(first, lowering.commonjsVariable);
  lowering.builder.absorb(first, exports, source, []);
  state.value = exports;
  return true;
}

/** `super.m` reads from the superclass's prototype (in static members from the superclass), with `this` as receiver. */
function lowerSuper(lowering: Lowering, base: t.Super, first: ChainLink | undefined, state: ChainState): boolean {
  let home = lowering.function;
  while (home.kind === 'arrow') home = home.parent!;
  const binding = home.home?.superBinding;
  const self = lowering.thisSlot(base);
  const superclass = binding ? readBinding(lowering, binding, base) : lowering.builder.load(base, self, '__proto__');
  if (first && 'arguments' in first) {
    state.value = superclass;
    state.isSuper = true;
    return true;
  }
  const from = binding && !home.isStatic ? lowering.builder.load(base, superclass, 'prototype') : superclass;
  if (!first || !('property' in first)) {
    state.value = from;
    return true;
  }
  lowering.chain.pop();
  const key = memberKey(first);
  state.value =
    key === undefined
      ? lowering.builder.loadDynamic(first, from, lowerExpression(lowering, first.property))
      : lowering.builder.load(first, from, key);
  state.receiver = self;
  return true;
}

export function importModule(
  lowering: Lowering,
  node: t.Node,
  specifier: string,
  form: 'require' | 'dynamic',
  target = NONE,
): number {
  const row = lowering.module.specifier(specifier, node, form, false);
  return lowering.builder.import(node, lowering.module.importModule(row), target);
}

/** `import(e)` with an argument that is no literal: a call of a function that nobody knows. */
function lowerUnresolvedImport(lowering: Lowering, node: ChainLink): number {
  const callee = lowering.builder.global(node, 'import');
  const args = 'arguments' in node ? node.arguments.map((argument) => lowerExpression(lowering, argument)) : [];
  return lowering.builder.call(node, callee, NONE, 0, 0, args);
}

/** The text of an argument that is a string literal, or a template literal without expressions. */
export function literalText(node: t.Node | null | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) {
    return node.quasis[0]?.value.cooked ?? undefined;
  }
  return undefined;
}
