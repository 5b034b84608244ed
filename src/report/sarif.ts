import { gzipSync } from 'node:zlib';
import type { Log, Notification, Run } from 'sarif';
import type { Finding, ScanResult, SuppressedFinding } from '../core/finding.js';
import type { ReportContext, Reporter } from './context.js';
import { GITHUB_LIMITS, type SarifLimits } from './sarif-limits.js';
import { SOURCE_ROOT } from './sarif-location.js';
import { notificationDescriptors, notifyCut, toNotification } from './sarif-notification.js';
import { rankOf, toSarifResult } from './sarif-result.js';
import { toSarifRule } from './sarif-rule.js';
import { toSarifSuppression } from './sarif-suppression.js';
import { SourceTexts } from './source-texts.js';
import { toJson } from './to-json.js';
import { groupDigits } from './words.js';

/** SARIF 2.1.0 for code-scanning services and editors. */
export const sarif: Reporter = (result, context) => createSarifReporter(GITHUB_LIMITS)(result, context);

export function createSarifReporter(limits: SarifLimits): Reporter {
  return (result, context) => {
    let most = limits.results;
    for (;;) {
      const text = toJson(createLog(result, context, { ...limits, results: most }));
      const size = text.length > limits.compressedBytes ? gzipSync(text).length : 0;
      if (size <= limits.compressedBytes || most === 0) return text;
      // aims a little below the limit; each round cuts, so this ends
      const kept = Math.min(most, result.findings.length);
      most = Math.min(kept - 1, Math.floor((kept * limits.compressedBytes * 0.95) / size));
    }
  };
}

function createLog(result: ScanResult, context: ReportContext, limits: SarifLimits): Log {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [createRun(result, context, limits)],
  };
}

function createRun(result: ScanResult, context: ReportContext, limits: SarifLimits): Run {
  const suppressed = context.includeSuppressed ? (result.suppressed ?? []) : [];
  const sources = new SourceTexts(context, [...result.findings, ...suppressed.map(({ finding }) => finding)]);
  const rules = new Map(context.rules.map((rule, index) => [rule.id, { rule, index }]));
  const rank = (finding: Finding): number => rankOf(finding, rules.get(finding.ruleId)?.rule);
  // What is suppressed comes last, so that it never takes the place of what is not.
  const ranked: Ranked[] = [
    ...result.findings.map((finding) => ({ finding, rank: rank(finding), suppression: undefined })),
    ...suppressed.map((each) => ({ finding: each.finding, rank: 0, suppression: each })),
  ];
  const { provenance } = context;
  return {
    tool: {
      driver: {
        name: 'spillcheck',
        version: context.version,
        semanticVersion: context.version,
        informationUri: context.informationUri,
        rules: context.rules.map(toSarifRule),
        notifications: notificationDescriptors(),
      },
    },
    automationDetails: { id: 'spillcheck/' },
    invocations: [
      { executionSuccessful: true, toolExecutionNotifications: createNotifications(result, sources, limits) },
    ],
    ...(provenance && { versionControlProvenance: [{ ...provenance, mappedTo: { uriBaseId: SOURCE_ROOT } }] }),
    originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: 'The root of the scanned code.' } } },
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r', '\u2028', '\u2029'],
    results: keepGravest(ranked, limits.results).map(({ finding, rank, suppression }) => ({
      ...toSarifResult(finding, rules.get(finding.ruleId)?.index ?? -1, rank, sources, limits.threadFlowLocations),
      ...(suppression && { suppressions: [toSarifSuppression(suppression, sources)] }),
    })),
  };
}

interface Ranked {
  readonly finding: Finding;
  readonly rank: number;
  readonly suppression: SuppressedFinding | undefined;
}

/** The `most` findings of the highest rank, in the order of the report. */
function keepGravest(ranked: readonly Ranked[], most: number): readonly Ranked[] {
  if (ranked.length <= most) return ranked;
  const order = ranked.map((_, index) => index).sort((a, b) => ranked[b]!.rank - ranked[a]!.rank || a - b);
  return order
    .slice(0, most)
    .sort((a, b) => a - b)
    .map((index) => ranked[index]!);
}

function createNotifications(result: ScanResult, sources: SourceTexts, limits: SarifLimits): Notification[] {
  const notifications: Notification[] = [];
  const missing = result.findings.length - limits.results;
  if (missing > 0) {
    const total = groupDigits(result.findings.length);
    notifications.push(
      notifyCut(`${groupDigits(missing)} of ${total} findings, those of the lowest rank, are left out of this file.`),
    );
  }
  const unsaid = result.diagnostics.length - limits.notifications;
  if (unsaid > 0) {
    const total = groupDigits(result.diagnostics.length);
    notifications.push(notifyCut(`${groupDigits(unsaid)} of ${total} notifications are left out of this file.`));
  }
  for (const diagnostic of result.diagnostics.slice(0, limits.notifications)) {
    notifications.push(toNotification(diagnostic, sources));
  }
  return notifications;
}
