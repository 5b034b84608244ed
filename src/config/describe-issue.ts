import type { z } from 'zod';
import { suggest } from '../core/suggest.js';
import type { DocumentPath, Fault } from './document.js';

/** What a JSON schema says of a value, as far as names are concerned. */
export interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly propertyNames?: { readonly enum?: readonly string[] };
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

/** The faults that an issue of zod stands for, in words for people; `schema` tells which keys there could have been. */
export function describeIssue(issue: z.core.$ZodIssue, schema: SchemaNode, above: DocumentPath = []): Fault[] {
  const path: DocumentPath = [...above, ...(issue.path as (string | number)[])];
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => ({ message: describeKey(key, known, path), path: [...path, key], atKey: true }));
    }
    case 'invalid_value':
      return [{ message: describeValue(issue.input, issue.values.map(String)), path, atKey: false }];
    case 'invalid_type':
      return [describeType(issue, path)];
    case 'invalid_union':
      return describeUnion(issue, schema, path);
    case 'custom':
      return [{ message: issue.message, path, atKey: false }];
    case 'invalid_key':
      return [{ message: `'${String(path.at(-1))}' ${issue.issues[0]?.message ?? 'is no key'}`, path, atKey: true }];
    default:
      return [{ message: `'${lastKey(path)}' ${issue.message}`, path, atKey: false }];
  }
}

function describeKey(key: string, known: readonly string[], path: DocumentPath): string {
  const what = path.at(-1) === 'rules' ? 'rule' : 'setting';
  const meant = suggest(key, known);
  const list = what === 'rule' ? 'spillcheck rules lists all' : `here may stand ${known.join(', ')}`;
  return `there is no ${what} '${key}'${meant === undefined ? `; ${list}` : `, did you mean ${meant}?`}`;
}

function describeValue(input: unknown, values: readonly string[]): string {
  const meant = typeof input === 'string' ? (suggest(input, values) ?? completion(input, values)) : undefined;
  const found = typeof input === 'string' ? `'${input}'` : nameType(input);
  if (meant !== undefined) return `${found} is not possible here, did you mean ${meant}?`;
  const list = values.length > 12 ? '; spillcheck rules lists all' : `: expected ${values.join(', ')}`;
  return `${found} is not possible here${list}`;
}

/** The one value that a text is the beginning of: `warn` for `warning`. */
function completion(text: string, values: readonly string[]): string | undefined {
  const longer = text.length > 1 ? values.filter((value) => value.startsWith(text)) : [];
  return longer.length === 1 ? longer[0] : undefined;
}

function describeType(issue: z.core.$ZodIssueInvalidType, path: DocumentPath): Fault {
  if (issue.input === undefined) return describeMissing(path);
  const expected = TYPE_WORDS[issue.expected] ?? issue.expected;
  return { message: `${describeHere(path)}expected ${expected}, found ${nameType(issue.input)}`, path, atKey: false };
}

function describeMissing(path: DocumentPath): Fault {
  return { message: `'${String(path.at(-1))}' is missing`, path: path.slice(0, -1), atKey: false };
}

/** Of a union's alternatives the one that came furthest is what was meant; where none came anywhere, what they expect is listed. */
function describeUnion(issue: z.core.$ZodIssueInvalidUnion, schema: SchemaNode, path: DocumentPath): Fault[] {
  const fitting = issue.errors.filter((issues) => !issues.some((each) => isOfOtherType(each)));
  const [only] = fitting;
  if (only !== undefined) return only.flatMap((each) => describeIssue(each, schema, path));
  const values = issue.errors.flat().flatMap((each) => (each.code === 'invalid_value' ? each.values.map(String) : []));
  const input = issue.errors.flat().find((each) => each.path.length === 0)?.input;
  if (values.length > 0 && typeof input === 'string')
    return [{ message: describeValue(input, values), path, atKey: false }];
  if (input === undefined) return [describeMissing(path)];
  const types = issue.errors.flatMap((issues) => issues.flatMap(expectedOf));
  const expected = [...new Set([...types, ...(values.length > 12 ? [] : values)])].join(' or ');
  return [{ message: `${describeHere(path)}expected ${expected}, found ${nameType(input)}`, path, atKey: false }];
}

/** The value itself is of another type, or another text, than this alternative asks for. */
function isOfOtherType(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function expectedOf(issue: z.core.$ZodIssue): string[] {
  return issue.code === 'invalid_type' && issue.path.length === 0 ? [TYPE_WORDS[issue.expected] ?? issue.expected] : [];
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function nameType(input: unknown): string {
  if (input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a map';
  if (typeof input === 'number') return `the number ${input}`;
  return typeof input === 'string' ? `'${input}'` : String(input);
}

function describeHere(path: DocumentPath): string {
  return path.length === 0 ? 'a configuration is a map of settings: ' : `'${lastKey(path)}': `;
}

/** The innermost key that is a name. */
function lastKey(path: DocumentPath): string {
  return String([...path].reverse().find((key) => typeof key === 'string') ?? '');
}

/** The keys that may stand at a place. */
function keysAt(schema: SchemaNode, path: DocumentPath): string[] {
  let nodes: SchemaNode[] = [schema];
  for (const key of path) nodes = nodes.flatMap((node) => below(node, key));
  const keys = nodes
    .flatMap((node) => alternatives(node))
    .flatMap((node) => [...Object.keys(node.properties ?? {}), ...(node.propertyNames?.enum ?? [])]);
  return [...new Set(keys)].filter((key) => key !== '$schema').sort();
}

function below(node: SchemaNode, key: string | number): SchemaNode[] {
  return alternatives(node).flatMap((each) => {
    if (typeof key === 'number') return each.items ? [each.items] : [];
    const property = each.properties?.[key];
    if (property) return [property];
    return typeof each.additionalProperties === 'object' ? [each.additionalProperties] : [];
  });
}

function alternatives(node: SchemaNode): SchemaNode[] {
  return [node, ...(node.anyOf ?? []).flatMap(alternatives)];
}
