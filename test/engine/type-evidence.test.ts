import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { analyse } from '../../src/engine/analyse.js';
import { labelOfTags } from '../../src/engine/type-tags.js';
import { lowerFile } from '../../src/frontend/js/lower-file.js';
import { loadKnowledge } from '../../src/knowledge/load.js';

const knowledge = loadKnowledge('rules');

/** `line rule element` of each flow of one file, sorted. */
function flowsOf(text: string): string[] {
  const file = lowerFile('case.ts', text, DEFAULT_LIMITS);
  const specifiers = file.specifiers.map(
    ({ text: specifier }) => ({ kind: 'package', specifier, major: undefined }) as const,
  );
  const { flows } = analyse({
    files: [file],
    resolutions: [specifiers],
    knowledge,
    rules: knowledge.flowRules,
    limits: DEFAULT_LIMITS,
  });
  return flows
    .map(({ rule, element, sink }) => `${text.slice(0, sink.start).split('\n').length} ${rule} ${element}`)
    .sort();
}

const USER = 'interface User { id: string; email: string; plan: string }\n';

describe('type evidence', () => {
  it.each([
    ['a parameter', 'export function f(user: User) { console.log(user) }'],
    ['a list', 'export function f(users: readonly User[]) { console.log(users) }'],
    ['a promise that is awaited', 'export async function f(user: Promise<User>) { console.log(await user) }'],
    ['a variable', 'export async function f() { const user: User = await load(); console.log(user) }'],
    ['an assertion', 'export async function f() { const user = (await load()) as User; console.log(user) }'],
    [
      'the result of a declared method',
      'export async function f(users: { load(id: string): Promise<User> }) { console.log(await users.load("a")) }',
    ],
    [
      'the result of an own function',
      'const get = async (): Promise<User> => load(); export async function f() { console.log(await get()) }',
    ],
    ['text written out', 'export function f(user: User) { console.log("user " + JSON.stringify(user)) }'],
    ['a nested member', 'export function f(order: { buyer: { user?: User } }) { console.log(order) }'],
    ['a spread', 'export function f(user: User) { console.log({ ...user, plan: "free" }) }'],
    ['a generic type', 'type Box<T> = { value: T }; export function f(box: Box<User | null>) { console.log(box) }'],
  ])('%s that is handed over whole shows its sensitive members', (_, code) => {
    expect(flowsOf(USER + code)).toEqual(['2 personal-data-to-log User.email']);
  });

  it.each([
    ['a member that is harmless', 'export function f(user: User) { console.log(user.id, user.plan) }'],
    ['a rest without the member', 'export function f({ email, ...user }: User) { console.log(user) }'],
    ['a member that was written over', 'export function f(user: User) { user.email = "***"; console.log(user) }'],
    ['a narrowed type', 'export function f(user: Pick<User, "id" | "plan">) { console.log(user) }'],
    ['flags and constants', 'export function f(user: { email: boolean; phone: "yes" | "no" }) { console.log(user) }'],
    ['methods', 'export function f(user: { email(): string }) { console.log(user) }'],
    [
      'a type that refers to itself',
      'interface Node { next: Node; id: string } export function f(node: Node) { console.log(node) }',
    ],
  ])('%s shows nothing', (_, code) => {
    expect(flowsOf(USER + code)).toEqual([]);
  });

  it('follows the value that a caller hands over, not the type of the parameter', () => {
    const code =
      'function f(user: Partial<User>) { console.log(user); return 1 }\nexport function g(id: string) { f({ id }) }';
    expect(flowsOf(USER + code)).toEqual([]);
  });

  it('reads schemas that are extended and picked from', () => {
    const code = [
      'import { z } from "zod";',
      'const base = z.object({ id: z.string(), phone: z.string().optional() });',
      'const full = base.extend({ card: z.object({ cardNumber: z.string() }) });',
      'const slim = full.pick({ id: true });',
      'export function f(a: z.infer<typeof full>, b: z.infer<typeof slim>) {',
      '  console.log(a);',
      '  console.log(b);',
      '}',
    ].join('\n');
    expect(flowsOf(code)).toEqual(['6 personal-data-to-log card.cardNumber', '6 personal-data-to-log phone']);
  });

  it('lets tags override names', () => {
    const code = [
      'interface Visit { /** @pii */ remark: string; /** @sensitivity none */ email: string }',
      'export function f(visit: Visit) { console.log(visit) }',
    ].join('\n');
    expect(flowsOf(code)).toEqual(['2 personal-data-to-log Visit.remark']);
  });
});

describe('labelOfTags', () => {
  it.each([
    ['@pii', 'personal.email', 'personal.email'],
    ['@personal', '', 'personal'],
    ['@secret', 'personal.email', 'secret'],
    ['@sensitivity high', '', 'personal'],
    ['@sensitivity public', 'personal.email', ''],
    ['@deprecated', 'personal.email', undefined],
    [undefined, 'personal.email', undefined],
  ])('%s on a member named as %s', (tags, named, label) => {
    expect(labelOfTags(tags, named)).toBe(label);
  });
});
