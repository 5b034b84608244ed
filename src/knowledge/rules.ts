import { z } from 'zod';
import type { Level } from '../core/finding.js';
import { covers, type Kind } from '../core/kinds.js';
import type { FlowRule } from '../core/knowledge.js';
import type { RuleInfo } from '../core/rule.js';
import { YamlFile } from './yaml-file.js';

const level = z.enum(['error', 'warning', 'note']);

export const rulesSchema = z.strictObject({
  rules: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'expected an id in kebab case'),
      level,
      profile: z.enum(['recommended', 'strict']),
      cwe: z.number().int(),
      owasp: z.string().regex(/^LLM\d\d$/, 'expected an identifier such as LLM02'),
      severity: z.string().regex(/^(10\.0|\d\.\d)$/, 'expected a score from 0.0 to 10.0'),
      short: z.string(),
      full: z.string(),
      flows: z.array(z.strictObject({ sources: z.array(z.string()), sinks: z.array(z.string()) })).optional(),
      levels: z.array(z.strictObject({ kind: z.string(), level })).optional(),
    }),
  ),
});

/** A rule of the contract as the rules file describes it: everything but its docs page. */
export interface RuleData extends Omit<RuleInfo, 'help'> {
  /** Which data may not reach which places; empty for rules that no flow raises. */
  readonly flows: readonly Omit<FlowRule, 'id'>[];
  /** Kinds of data whose findings have another level than the rule's own. */
  readonly levels: readonly { readonly kind: Kind; readonly level: Level }[];
}

/** Parses the file of rules. Throws `RequestError`. */
export function parseRules(file: string, text: string): readonly RuleData[] {
  const { data } = new YamlFile(file, text, rulesSchema);
  return data.rules.map(({ severity, short, full, flows = [], levels = [], ...rest }) => ({
    ...rest,
    securitySeverity: severity,
    name: rest.id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: short,
    fullDescription: full,
    flows,
    levels,
  }));
}

/** The level of a finding of a rule about data of a kind. */
export function levelFor(rule: RuleData, kind: Kind | undefined): Level {
  const raised = kind !== undefined && rule.levels.find((each) => covers(each.kind, kind));
  return raised ? raised.level : rule.level;
}

/** The flow rules among rules, one for each pair of source and sink lists. */
export function flowRules(rules: readonly RuleData[]): readonly FlowRule[] {
  return rules.flatMap((rule) => rule.flows.map((flow) => ({ id: rule.id, ...flow })));
}
