import type { ScanResult } from '../core/finding.js';
import type { ScanOptions } from '../core/options.js';
import type { RuleInfo } from '../core/rule.js';
import type { Survey, SurveyOptions } from '../doctor/survey.js';
import type { FindSecrets } from '../report/mask.js';
import type { SecretScan, SecretScanOptions } from '../secret-scan.js';
import type { SecretFormats } from '../secrets/format.js';

/** What commands need of the rest of the program. Each is loaded when a command first asks for it. */
export interface Services {
  readonly scan: (options: ScanOptions) => Promise<ScanResult>;
  /** A scan for credentials alone. */
  readonly scanSecrets: (options: SecretScanOptions) => Promise<SecretScan>;
  /** All rules of the contract, in its order. */
  readonly loadRules: () => Promise<readonly RuleInfo[]>;
  readonly loadSecretFinder: () => Promise<FindSecrets>;
  /** What a scan has to go on: packages, and the time that each file takes. */
  readonly survey: (options: Omit<SurveyOptions, 'knowledge'>) => Promise<Survey>;
}

/** The services of one run; what several of them need is loaded once. */
export function createServices(): Services {
  let formats: Promise<SecretFormats> | undefined;
  const loadFormats = (): Promise<SecretFormats> => {
    formats ??= import('../secret-formats.js').then(({ loadShippedFormats }) => loadShippedFormats());
    return formats;
  };
  const loadFormatsOf = async ({ settings }: ScanOptions): Promise<SecretFormats> => {
    if (!settings || settings.secretFormats.length === 0) return loadFormats();
    return (await import('../secret-formats.js')).loadOwnFormats(settings.secretFormats);
  };
  return {
    scan: async (options) => (await import('../scan.js')).scan(options, { secretFormats: await loadFormats() }),
    scanSecrets: async (options) =>
      (await import('../secret-scan.js')).scanSecrets(options, {
        formats: await loadFormatsOf(options),
        rules: await (await import('./load-rules.js')).loadDocumentedRules(),
      }),
    loadRules: async () => (await import('./load-rules.js')).loadDocumentedRules(),
    loadSecretFinder: async () => (await import('./load-secret-finder.js')).loadSecretFinder(loadFormats()),
    survey: async (options) => (await import('./load-survey.js')).loadSurvey(options),
  };
}
