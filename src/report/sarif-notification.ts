import type { Notification, ReportingDescriptor } from 'sarif';
import type { Diagnostic, DiagnosticKind } from '../core/diagnostic.js';
import { toArtifactLocation, toSentence } from './sarif-location.js';
import type { SourceTexts } from './source-texts.js';

type NotificationId = DiagnosticKind | 'report-cut';

const DESCRIPTIONS: Readonly<Record<NotificationId, readonly [level: 'warning' | 'note', text: string]>> = {
  'syntax-error': ['warning', 'A file, or a part of it, did not parse and was not analysed.'],
  unlowered: ['warning', 'A construct of the language is not understood and was not followed.'],
  'skipped-file': ['warning', 'A file was not analysed for flows because of its size or form.'],
  unreadable: ['warning', 'A file or folder could not be read.'],
  encoding: ['note', 'A file is no valid UTF-8 and was read with replacement characters.'],
  'unresolved-import': ['note', 'An import of the project itself leads nowhere, so nothing was followed through it.'],
  configuration: ['warning', 'A project file does not parse and was not used.'],
  limit: ['note', 'A bound of the analysis was reached; the analysis is coarser there.'],
  'dynamic-code': ['note', 'Code that is made at run time was not followed.'],
  suppression: ['warning', 'A suppression is malformed, has expired, or suppresses nothing.'],
  baseline: ['note', 'An entry of the baseline fits no finding any more.'],
  'report-cut': ['warning', 'The report was cut to what a code-scanning service accepts.'],
};

const IDS = Object.keys(DESCRIPTIONS) as NotificationId[];

/** The kinds of notification that a run may hold. */
export function notificationDescriptors(): ReportingDescriptor[] {
  return IDS.map((id) => {
    const [level, text] = DESCRIPTIONS[id];
    return {
      id,
      shortDescription: { text },
      fullDescription: { text },
      help: { text },
      defaultConfiguration: { level },
    };
  });
}

/** What was not, or not fully, analysed. */
export function toNotification(diagnostic: Diagnostic, sources: SourceTexts): Notification {
  const times = diagnostic.count !== undefined && diagnostic.count > 1 ? ` (${diagnostic.count} times)` : '';
  const notification = notify(diagnostic.kind, toSentence(diagnostic.message + times, sources));
  if (diagnostic.file === undefined) return notification;
  const { line, column } = diagnostic;
  const region =
    line === undefined ? {} : { region: { startLine: line, ...(column !== undefined && { startColumn: column }) } };
  return {
    ...notification,
    locations: [{ physicalLocation: { artifactLocation: toArtifactLocation(diagnostic.file), ...region } }],
  };
}

/** Says that something was left out of the report. */
export function notifyCut(text: string): Notification {
  return notify('report-cut', text);
}

function notify(id: NotificationId, text: string): Notification {
  return { descriptor: { id, index: IDS.indexOf(id) }, level: DESCRIPTIONS[id][0], message: { text } };
}
