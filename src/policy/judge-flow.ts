/**
 * Policies: which data may go to whom. A policy is asked about a flow by what the data is, who receives it (the provider that the model of
 * the interface names, and the hosts that the code sends it to, where they are known) and what kind of place that is.
 *
 * Within a policy the most special data class decides: `personal.email` before `personal`. Among policies the strictest answer counts.
 */
import { covers, family, type Kind } from '../core/kinds.js';
import type { Policy, PolicyRule, Recipient } from '../core/settings.js';
import { isHostIn } from './host.js';
import { RECIPIENT_FAMILIES } from './resolve-policy.js';

/**
 * Who receives data although it is neither the application itself nor the person it talks to. Storage, responses and pages are judged only
 * where a policy names them: an application may keep and show what it was given.
 */
const OUTSIDE: readonly Kind[] = ['model', 'log', 'telemetry', 'effect', 'url'];

export interface JudgedFlow {
  readonly kind: Kind;
  readonly sink: Kind;
  /** Who receives it, as the model of the interface says; '' where it does not. */
  readonly provider: string;
  /** Hosts that it may be sent to; undefined where the code does not tell. */
  readonly hosts: readonly string[] | undefined;
}

export type Verdict =
  | { readonly decision: 'silent' | 'allowed' }
  | {
      readonly decision: 'forbidden';
      readonly policy: string;
      /** The rule's data class, and what it says of it, for people. */
      readonly reason: string;
    };

/** What the policies say of a flow; `silent` where none speaks of it. */
export function judgeFlow(flow: JudgedFlow, policies: readonly Policy[]): Verdict {
  // What data does (run a command, choose a path) is no question of who receives it.
  if (!RECIPIENT_FAMILIES.includes(family(flow.sink))) return { decision: 'silent' };
  const verdicts = policies.map((policy) => judge(flow, policy));
  return (
    verdicts.find(({ decision }) => decision === 'forbidden') ??
    verdicts.find(({ decision }) => decision === 'allowed') ?? { decision: 'silent' }
  );
}

function judge(flow: JudgedFlow, policy: Policy): Verdict {
  const rule = mostSpecial(policy.rules.filter(({ data }) => covers(data, flow.kind)));
  if (!rule) return { decision: 'silent' };
  const matches = rule.recipients.filter((recipient) => isRecipient(flow, recipient));
  if (rule.effect === 'forbid') {
    return matches.length === 0
      ? { decision: 'silent' }
      : { decision: 'forbidden', policy: policy.name, reason: `${rule.className} never to ${matches[0]!.name}` };
  }
  if (matches.length > 0) return { decision: 'allowed' };
  if (!OUTSIDE.includes(family(flow.sink))) return { decision: 'silent' };
  return { decision: 'forbidden', policy: policy.name, reason: explainRefusal(flow, rule) };
}

/** Of rules that all cover a kind the longest is the most special; of equals, one that is no group's, then the later one. */
function mostSpecial(rules: readonly PolicyRule[]): PolicyRule | undefined {
  const weight = ({ data, className }: PolicyRule) => 2 * data.split('.').length + (data === className ? 1 : 0);
  return rules.reduce<PolicyRule | undefined>(
    (best, rule) => (best && weight(best) > weight(rule) ? best : rule),
    undefined,
  );
}

function isRecipient(flow: JudgedFlow, { providers, hosts, sinks }: Recipient): boolean {
  if (providers && !providers.some((each) => each.toLowerCase() === flow.provider.toLowerCase())) return false;
  if (sinks && !sinks.some((each) => covers(each, flow.sink))) return false;
  return !hosts || isHost(flow.hosts, hosts);
}

/** Every host that the data may go to is one of those meant; a host that is not known is none of them. */
function isHost(actual: readonly string[] | undefined, meant: readonly string[]): boolean {
  if (!actual || actual.length === 0) return false;
  return actual.every((host) => meant.some((pattern) => isHostIn(host, pattern)));
}

function explainRefusal(flow: JudgedFlow, { className, recipients }: PolicyRule): string {
  if (recipients.length === 0) return `${className} never`;
  const reason = `${className} only to ${recipients.map(({ name }) => name).join(', ')}`;
  const isHostOpen = flow.hosts === undefined && recipients.some((each) => isRecipient(flow, withoutHosts(each)));
  return isHostOpen ? `${reason}; which host this goes to is not known` : reason;
}

/** The recipient, if only its host is left open; nobody where it has no hosts. */
function withoutHosts(recipient: Recipient): Recipient {
  const { hosts, ...others } = recipient;
  return hosts ? others : { ...recipient, hosts: [] };
}
