import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleInfo } from '../core/rule.js';
import { RULES_FOLDER } from '../rules-folder.js';
import { withPage } from './load-rules.js';

/** The rule under which a flow is reported that only a policy forbids. It is no rule of the contract: without a policy there is none. */
export async function loadPolicyRule(): Promise<RuleInfo> {
  const { parseRules } = await import('../knowledge/rules.js');
  const [rule] = parseRules('policy-rule.yaml', readFileSync(join(RULES_FOLDER, 'policy-rule.yaml'), 'utf8'));
  return withPage(rule!);
}
