import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Kind } from '../core/kinds.js';
import type { Recipient } from '../core/settings.js';
import type { PolicyText } from '../policy/resolve-policy.js';
import { ConfigDocument } from './document.js';

/** The policies that ship with the program, and the names that all policies may use. */
export interface ShippedPolicies {
  readonly policies: readonly ShippedPolicy[];
  readonly groups: Readonly<Record<string, readonly Kind[]>>;
  readonly recipients: Readonly<Record<string, Recipient>>;
}

export interface ShippedPolicy extends PolicyText {
  /** What it is for, one sentence. */
  readonly description: string;
}

const policySchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  data: z.record(
    z.string(),
    z.union([z.enum(['never', 'any']), z.array(z.string()), z.strictObject({ never: z.array(z.string()) })]),
  ),
});

const wordsSchema = z.strictObject({
  groups: z.record(z.string(), z.array(z.string())),
  recipients: z.record(z.string(), z.strictObject({ hosts: z.array(z.string()) })),
});

/** The names of the shipped policies, without reading them. */
export function policyNames(rulesFolder: string): string[] {
  return policyFiles(rulesFolder).map((name) => name.slice(0, -'.yaml'.length));
}

/** Reads `policies/*.yaml` of the rules folder; `words.yaml` holds the names, every other file a policy of its name. */
export function loadShippedPolicies(rulesFolder: string): ShippedPolicies {
  const words = wordsSchema.parse(read(rulesFolder, WORDS).data);
  const recipients = Object.entries(words.recipients).map(([name, { hosts }]) => [name, { name, hosts }] as const);
  return {
    policies: policyFiles(rulesFolder).map((name) => policySchema.parse(read(rulesFolder, name).data)),
    groups: words.groups,
    recipients: Object.fromEntries(recipients),
  };
}

const WORDS = 'words.yaml';

function policyFiles(rulesFolder: string): string[] {
  const names = readdirSync(join(rulesFolder, 'policies')).filter((name) => name.endsWith('.yaml') && name !== WORDS);
  return names.sort();
}

function read(rulesFolder: string, name: string): ConfigDocument {
  return new ConfigDocument(`policies/${name}`, readFileSync(join(rulesFolder, 'policies', name), 'utf8'));
}
