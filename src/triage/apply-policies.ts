import type { Policy } from '../core/settings.js';
import { hostOf } from '../policy/host.js';
import { judgeFlow } from '../policy/judge-flow.js';
import { DATA_FAMILIES, RECIPIENT_FAMILIES } from '../policy/resolve-policy.js';
import type { FindingDraft } from '../report/fingerprint.js';

/** The rule under which flows are reported that only a policy forbids. */
export const POLICY_RULE = 'policy-violation';

/** What the engine must look for beside the rules of the contract, so that policies can be judged. */
export function policyFlowRules(policies: readonly Policy[]) {
  const kinds = policies.flatMap(({ rules }) => rules.map(({ data }) => data));
  const sources = [...new Set(kinds)].filter((kind) => DATA_FAMILIES.includes(kind.split('.')[0]!));
  return sources.length === 0 ? [] : [{ id: POLICY_RULE, sources, sinks: RECIPIENT_FAMILIES }];
}

/** Whether any policy judges a recipient by its host, so that hosts have to be looked for. */
export function asksForHosts(policies: readonly Policy[]): boolean {
  return policies.some(({ rules }) =>
    rules.some(({ recipients }) => recipients.some(({ hosts }) => hosts !== undefined)),
  );
}

/** The hosts of URLs, or of beginnings of URLs; undefined where one of them has none. */
export function toHosts(urls: readonly string[] | undefined): readonly string[] | undefined {
  const hosts = urls?.map(hostOf);
  return hosts?.every((host) => host !== undefined) ? hosts : undefined;
}

export interface JudgedDrafts {
  /** Of which no policy speaks. */
  readonly open: readonly FindingDraft[];
  /** Errors, whatever the profile and the levels of rules. */
  readonly forbidden: readonly FindingDraft[];
}

/** Takes out what policies allow, and makes an error that names the policy of what they forbid. */
export function applyPolicies(drafts: readonly FindingDraft[], policies: readonly Policy[]): JudgedDrafts {
  const open: FindingDraft[] = [];
  const forbidden: FindingDraft[] = [];
  for (const draft of drafts) {
    const { data, recipient, hosts } = draft;
    if (!data || !recipient) {
      open.push(draft);
      continue;
    }
    const verdict = judgeFlow({ kind: data.kind, sink: recipient.kind, provider: recipient.name, hosts }, policies);
    if (verdict.decision === 'forbidden') {
      const message = `${draft.message} The policy \`${verdict.policy}\` forbids it: ${verdict.reason}.`;
      forbidden.push({ ...draft, level: 'error', message });
    } else if (verdict.decision === 'silent' && draft.ruleId !== POLICY_RULE) open.push(draft);
  }
  return { open, forbidden: withoutRepeats(forbidden) };
}

/** What a rule of the contract reports need not be reported as a violation too. */
function withoutRepeats(drafts: readonly FindingDraft[]): FindingDraft[] {
  const key = ({ location, data }: FindingDraft) => `${location.file}\0${location.start}\0${data?.kind}`;
  const ruled = new Set(drafts.filter(({ ruleId }) => ruleId !== POLICY_RULE).map(key));
  return drafts.filter((draft) => draft.ruleId !== POLICY_RULE || !ruled.has(key(draft)));
}
