import type { Kind } from '../core/kinds.js';
import type { Policy, PolicyRule, Recipient } from '../core/settings.js';
import { suggest } from '../core/suggest.js';

/** To whom data of a class may go, as policies write it. */
export type Allowance = 'never' | 'any' | readonly string[] | { readonly never: readonly string[] };

/** A policy as it is written: data classes, each with its allowance. */
export interface PolicyText {
  readonly name: string;
  readonly data: Readonly<Record<string, Allowance>>;
}

/** What the words of a policy may mean. */
export interface PolicyWords {
  /** All kinds of data there are. */
  readonly kinds: readonly Kind[];
  /** Names for several kinds at once: `personal.contact`. */
  readonly groups: Readonly<Record<string, readonly Kind[]>>;
  /** All kinds of sinks there are. */
  readonly sinks: readonly Kind[];
  /** Everybody whom models name as a recipient. */
  readonly providers: readonly string[];
  /** Recipients that the configuration, or we, have a name for. */
  readonly recipients: Readonly<Record<string, Recipient>>;
}

/** A word of a policy that means nothing; `path` leads to it from the policy. */
export class PolicyFault extends Error {
  constructor(
    message: string,
    readonly path: readonly (string | number)[],
    readonly atKey: boolean,
  ) {
    super(message);
  }
}

/** Families of data that policies speak of. */
export const DATA_FAMILIES: readonly Kind[] = ['secret', 'personal', 'prompt', 'completion', 'record'];

/** Families of sinks that are somebody who receives data, not something that data does. */
export const RECIPIENT_FAMILIES: readonly Kind[] = [
  'model',
  'log',
  'telemetry',
  'storage',
  'response',
  'browser',
  'effect',
  'url',
];

/** @throws PolicyFault for a data class or a recipient that nobody knows */
export function resolvePolicy(policy: PolicyText, words: PolicyWords): Policy {
  return {
    name: policy.name,
    rules: Object.entries(policy.data).flatMap(([className, allowance]) => {
      const common = { className, ...resolveAllowance(className, allowance, words) };
      return findKinds(className, words).map((data): PolicyRule => ({ data, ...common }));
    }),
  };
}

function findKinds(className: string, words: PolicyWords): readonly Kind[] {
  const group = words.groups[className];
  if (group) return group;
  const stem = className.replace(/\.\*$/, '');
  const known = [...DATA_FAMILIES, ...words.kinds.filter((kind) => DATA_FAMILIES.includes(kind.split('.')[0]!))];
  if (known.some((kind) => kind === stem || kind.startsWith(`${stem}.`))) return [stem];
  const meant = suggest(className, [...known, ...Object.keys(words.groups)]);
  throw new PolicyFault(
    `there is no data class '${className}'${meant === undefined ? '' : `, did you mean ${meant}?`}`,
    ['data', className],
    true,
  );
}

function resolveAllowance(
  className: string,
  allowance: Allowance,
  words: PolicyWords,
): Pick<PolicyRule, 'effect' | 'recipients'> {
  if (allowance === 'never') return { effect: 'allow-only', recipients: [] };
  if (allowance === 'any') return { effect: 'allow-only', recipients: [{ name: 'anyone' }] };
  const isList = (value: Allowance): value is readonly string[] => Array.isArray(value);
  const [names, above, effect] = isList(allowance)
    ? [allowance, [], 'allow-only' as const]
    : [allowance.never, ['never'], 'forbid' as const];
  const recipients = names.map((name, index) => findRecipient(name, ['data', className, ...above, index], words));
  return { effect, recipients };
}

/** A name of the configuration's, a kind of sink, or a provider. */
function findRecipient(name: string, path: readonly (string | number)[], words: PolicyWords): Recipient {
  const named = Object.hasOwn(words.recipients, name) ? words.recipients[name] : undefined;
  if (named) return named;
  const sinks = [
    ...RECIPIENT_FAMILIES,
    ...words.sinks.filter((kind) => RECIPIENT_FAMILIES.includes(kind.split('.')[0]!)),
  ];
  if (sinks.some((kind) => kind === name || kind.startsWith(`${name}.`))) return { name, sinks: [name] };
  const provider = words.providers.find((each) => each.toLowerCase() === name.toLowerCase());
  if (provider !== undefined) return { name: provider, providers: [provider] };
  const meant = suggest(name, [...Object.keys(words.recipients), ...sinks, ...words.providers]);
  const hint = meant === undefined ? '; define it under recipients' : `, did you mean ${meant}?`;
  throw new PolicyFault(`there is no recipient '${name}'${hint}`, path, false);
}
