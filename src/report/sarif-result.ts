import type { CodeFlow, Result, ThreadFlowLocation } from 'sarif';
import type { Confidence, Finding } from '../core/finding.js';
import type { RuleInfo } from '../core/rule.js';
import { toMessage, toSarifLocation, toSentence } from './sarif-location.js';
import type { SourceTexts } from './source-texts.js';

/** A finding as a SARIF result: one code flow of one thread flow when data moves, both fingerprints, and its rank. */
export function toSarifResult(
  finding: Finding,
  ruleIndex: number,
  rank: number,
  sources: SourceTexts,
  threadFlowLocations: number,
): Result {
  const lineHash = sources.lineHash(finding.location.file, sources.region(finding.location)?.start.line ?? 1);
  const { data, recipient } = finding;
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: finding.level,
    message: { text: toSentence(finding.message, sources) },
    locations: [toSarifLocation(finding.location, sources)],
    ...(finding.steps.length > 0 && { codeFlows: [toCodeFlow(finding, sources, threadFlowLocations)] }),
    ...(finding.related.length > 0 && {
      relatedLocations: finding.related.map((related, id) => ({
        id,
        ...toSarifLocation(related.location, sources, related.message),
      })),
    }),
    partialFingerprints: {
      ...(lineHash !== undefined && { primaryLocationLineHash: lineHash }),
      ...finding.fingerprints,
    },
    rank,
    properties: {
      confidence: finding.confidence,
      features: [...finding.features],
      ...(data && { data: { kind: data.kind, element: sources.mask(data.element) } }),
      ...(recipient && { recipient: { kind: recipient.kind, name: recipient.name } }),
      ...(finding.advice !== '' && { advice: toMessage(finding.advice, sources) }),
    },
  };
}

const CONFIDENCE_WEIGHTS: Readonly<Record<Confidence, number>> = { high: 1, medium: 0.75, low: 0.5 };
const LEVEL_SEVERITIES = { error: 8, warning: 5, note: 2 } as const;

/** From 0 to 100: how grave the finding is, weighted with how sure it is. */
export function rankOf(finding: Finding, rule: RuleInfo | undefined): number {
  const severity =
    (Number(rule?.securitySeverity ?? LEVEL_SEVERITIES[finding.level]) + LEVEL_SEVERITIES[finding.level]) / 2;
  return Math.round(10 * severity * CONFIDENCE_WEIGHTS[finding.confidence]);
}

function toCodeFlow(finding: Finding, sources: SourceTexts, most: number): CodeFlow {
  const steps = finding.steps.map(
    (step): ThreadFlowLocation => ({
      location: {
        ...toSarifLocation(step.location, sources, step.message),
        ...(step.function !== '' && { logicalLocations: [{ fullyQualifiedName: step.function, kind: 'function' }] }),
      },
      nestingLevel: step.nesting,
    }),
  );
  return { threadFlows: [{ locations: cutMiddle(steps, most) }] };
}

/** Keeps the first and the last locations, and says at the cut how many are missing. */
function cutMiddle(steps: ThreadFlowLocation[], most: number): ThreadFlowLocation[] {
  if (steps.length <= most) return steps;
  const head = steps.slice(0, Math.ceil(most / 2));
  const tail = steps.slice(steps.length - Math.floor(most / 2));
  const last = head.at(-1)!;
  const missing = steps.length - most;
  const text = `${last.location?.message?.text ?? ''} (${missing} steps behind this one are left out)`.trimStart();
  return [...head.slice(0, -1), { ...last, location: { ...last.location, message: { text } } }, ...tail];
}
