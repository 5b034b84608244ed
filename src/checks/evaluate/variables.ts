import type { CommandSource, Test, VariableCheck, VariableSource } from '../check.js';
import { applies, type FileContext } from '../file-context.js';
import { wildcard } from '../glob.js';
import type { Hit } from '../hit.js';
import { itemsOf, type Node, type ScalarNode, textOf } from '../tree.js';
import { type Found, find, printPath } from '../tree-path.js';
import { commandLines } from './commands.js';
import { testNode } from './test-node.js';

/** Variables that are set together. */
interface Scope {
  /** Key path of the mapping or list; '' for a whole file or script. */
  readonly path: string;
  readonly variables: readonly Found[];
}

/** All checks of environment variables on one file. */
export function checkVariables(context: FileContext): Hit[] {
  const commandSources = context.checks.commandSources.filter((source) => applies(source, context));
  const variableSources = context.checks.variableSources.filter((source) => applies(source, context));
  if (commandSources.length + variableSources.length === 0) return [];
  const checks = context.checks.variables.filter(
    (check) => applies(check, context) && check.names.some((name) => context.text.includes(longestPiece(name))),
  );
  if (checks.length === 0) return [];
  const scopes = [...treeScopes(context, variableSources), commandScope(context, commandSources, checks)];
  return checks.flatMap((check) => scopes.flatMap((scope) => checkScope(check, scope)));
}

function checkScope(check: VariableCheck, scope: Scope): Hit[] {
  const set = (names: readonly string[], test: Test) =>
    scope.variables.filter(
      (variable) => names.some((name) => wildcard(variable.key, name)) && testNode(variable, test),
    );
  if (!check.with.every(({ names, test }) => set(names, test).length > 0)) return [];
  if (check.without.some(({ names, test }) => set(names, test).length > 0)) return [];
  return set(check.names, check.test).map((variable) => ({
    check,
    span: variable.node.span,
    element: scope.path ? `${scope.path}.${variable.key}` : variable.key,
    values: {
      value: textOf(variable.node) ?? '',
      text: variable.key,
      key: variable.key,
      path: scope.path,
      name: variable.key,
    },
    decision: check.decision ? `${check.decision} ${scope.path}` : '',
    related: [],
  }));
}

function treeScopes(context: FileContext, sources: readonly VariableSource[]): Scope[] {
  return sources.flatMap((source) => {
    const root = context.tree();
    if (!root) return [];
    return source.at
      .flatMap((pattern) => find(root, pattern))
      .map(({ node, path }) => ({ path: printPath(path), variables: variablesOf(node) }));
  });
}

/** `NAME=value command` and `export NAME=value` in command lines. */
function commandScope(
  context: FileContext,
  sources: readonly CommandSource[],
  checks: readonly VariableCheck[],
): Scope {
  const asked = checks.flatMap((check) => [check, ...check.with, ...check.without].flatMap(({ names }) => names));
  const isAsked = (text: string) => {
    const name = text.slice(0, Math.max(0, text.indexOf('=')));
    return name !== '' && asked.some((pattern) => wildcard(name, pattern));
  };
  const words = commandLines(context, sources).flatMap(({ launch }) =>
    /^(?:export|set|setx|declare)$/.test(launch.program)
      ? [...launch.variables, ...launch.arguments]
      : launch.variables,
  );
  return {
    path: '',
    variables: words.filter((word) => isAsked(word.text)).flatMap((word) => pair(word.text, word.locate())),
  };
}

/** A mapping `NAME: value`, a list of `NAME=value`, or a list of `{name, value}`. */
function variablesOf(node: Node): Found[] {
  if (node.kind === 'mapping') {
    return node.entries.map(({ key, keySpan, value }) => ({ node: value, keySpan, key, path: [] }));
  }
  return itemsOf(node).flatMap((item): Found[] => {
    if (item.kind === 'scalar') return pair(String(item.value), item.span);
    if (item.kind !== 'mapping') return [];
    const name = textOf(item.entries.find((entry) => entry.key === 'name')?.value);
    const value = item.entries.find((entry) => entry.key === 'value')?.value;
    return name && value ? [{ node: value, keySpan: item.span, key: name, path: [] }] : [];
  });
}

function pair(text: string, span: ScalarNode['span']): Found[] {
  const equals = text.indexOf('=');
  if (equals < 1) return [];
  const node: ScalarNode = { kind: 'scalar', span, value: text.slice(equals + 1) };
  return [{ node, keySpan: span, key: text.slice(0, equals), path: [] }];
}

function longestPiece(name: string): string {
  return name.split('*').reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
}
