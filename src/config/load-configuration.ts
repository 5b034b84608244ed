/**
 * Configuration: `spillcheck.config.yaml`, `.yml` or `.json`, or the key `spillcheck` of a package.json, and what it extends.
 *
 * It may come from a stranger's pull request. So it is data and nothing else: no code, no path outside of the repository (links followed), no
 * pattern that can be made slow, no number that costs more than the machine has, and a size that a parser can bear. What it can do is visible
 * in the difference: switch rules off, leave files out, suppress with a reason.
 */
import { dirname } from 'node:path';
import type {
  ConfiguredSuppression,
  DataClass,
  Override,
  OwnFile,
  Policy,
  Recipient,
  ScanSettings,
  TrustedRedactor,
} from '../core/settings.js';
import { parsePattern } from '../knowledge/name-pattern.js';
import { SelectorError } from '../knowledge/selector-tokens.js';
import { PolicyFault, type PolicyWords, resolvePolicy } from '../policy/resolve-policy.js';
import type { Configuration } from './configuration.js';
import type { ConfigDocument, DocumentPath } from './document.js';
import { type Layer, nameFile, placed, readLayers, resolveFile } from './read-layers.js';
import { findGlobFault, rebaseGlob } from './rebase-glob.js';
import type { ConfigurationSource, Vocabulary } from './schema.js';
import type { ShippedPolicies } from './shipped-policies.js';

export interface ConfigurationContext {
  /** Absolute real path of the scan root: paths in the result are relative to it. */
  readonly root: string;
  /** Absolute real path of the configuration. */
  readonly file: string;
  /** Absolute path of the folder that nothing may lie outside of: the root, or the folder of a configuration that the user named. */
  readonly boundary: string;
  readonly vocabulary: Vocabulary;
  /** Asked only where there are policies. */
  readonly policyWords: () => Pick<PolicyWords, 'kinds' | 'sinks' | 'providers'>;
  readonly shipped: () => ShippedPolicies;
}

/** @throws RequestError with file, line and column for the first fault of any of the files */
export function loadConfiguration(context: ConfigurationContext): Configuration {
  const layers = readLayers(context.boundary, context.file, context.vocabulary);
  const last = <Key extends keyof ConfigurationSource>(key: Key): ConfigurationSource[Key] =>
    layers.findLast(({ source }) => source[key] !== undefined)?.source[key];
  const all = <Item>(read: (layer: Layer) => readonly Item[]): Item[] => layers.flatMap(read);
  const globs = (layer: Layer, texts: string | readonly string[] | undefined, path: DocumentPath): string[] =>
    placed(texts, path).map(([glob, place]) => readGlob(context, layer, glob, place));
  const files = (key: 'models' | 'lexicon' | 'secrets'): OwnFile[] =>
    all((layer) =>
      placed(layer.source[key], [key]).map(([text, place]) => {
        const path = resolveFile(context.boundary, layer, text, place);
        return { path, name: nameFile(context.root, path) };
      }),
    );
  const including = layers.findLast(({ source }) => source.include !== undefined);
  const settings: ScanSettings = {
    include: including ? globs(including, including.source.include, ['include']) : [],
    levels: Object.assign({}, ...layers.map(({ source }) => source.rules ?? {})),
    overrides: all((layer) =>
      (layer.source.overrides ?? []).map(
        ({ files: texts, rules }, i): Override => ({
          files: globs(layer, texts, ['overrides', i, 'files']),
          levels: rules as Override['levels'],
        }),
      ),
    ),
    models: files('models'),
    lexicons: files('lexicon'),
    secretFormats: files('secrets'),
    dataClasses: Object.values(Object.assign({}, ...layers.map(readDataClasses)) as Record<string, DataClass>),
    redactors: all((layer) => readRedactors(context, layer)),
    policies: readPolicies(context, layers),
    suppressions: all((layer) => readSuppressions(layer, globs)),
  };
  return {
    file: nameFile(context.root, context.file),
    exclude: all((layer) => globs(layer, layer.source.exclude, ['exclude'])),
    profile: last('profile'),
    failOn: last('failOn'),
    tests: last('tests'),
    types: last('types'),
    jobs: last('jobs'),
    cache: last('cache'),
    settings,
  };
}

/** Relative to the root; the folder of the configuration that is used is where globs start, also those of a file that it extends. */
function readGlob({ root, file }: ConfigurationContext, layer: Layer, glob: string, path: DocumentPath): string {
  const message = findGlobFault(glob);
  if (message !== undefined) throw layer.document.error({ message, path, atKey: false });
  const folder = nameFile(root, dirname(file));
  return rebaseGlob(glob, folder.startsWith('/') || /^[A-Za-z]:/.test(folder) ? '' : folder);
}

function readDataClasses({ source, document }: Layer): Record<string, DataClass> {
  return Object.fromEntries(
    Object.entries(source.data ?? {}).map(([kind, value]) => {
      if (!/^(?:personal|secret)\.|^(?:neutral|none)$/.test(kind)) {
        const message = `'${kind}' is no data class: it begins with personal. or secret., or is neutral or none`;
        throw document.error({ message, path: ['data', kind], atKey: true });
      }
      const { names, confidence = 'high' } = Array.isArray(value) ? { names: value, confidence: undefined } : value;
      const path = ['data', kind, ...(Array.isArray(value) ? [] : ['names'])];
      for (const [i, name] of names.entries()) checkPattern(document, name, [...path, i]);
      return [kind, { kind, confidence, names }];
    }),
  );
}

function checkPattern(document: ConfigDocument, name: string, path: DocumentPath): void {
  try {
    parsePattern(name, {});
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw document.error({ message: error.message, path, atKey: false });
  }
}

function readRedactors({ boundary, root }: ConfigurationContext, layer: Layer): TrustedRedactor[] {
  return (layer.source.redactors ?? []).map(({ name, package: packageName, file, clears }, i) => ({
    name,
    from:
      file === undefined
        ? { package: packageName! }
        : { file: nameFile(root, resolveFile(boundary, layer, file, ['redactors', i, 'file'])) },
    clears,
    place: { file: layer.document.file, line: layer.document.line(['redactors', i]) },
  }));
}

function readSuppressions(
  layer: Layer,
  globs: (layer: Layer, texts: string | readonly string[] | undefined, path: DocumentPath) => string[],
): ConfiguredSuppression[] {
  return (layer.source.suppressions ?? []).map(({ rule, files, fingerprint, reason, until }, i) => ({
    rules: typeof rule === 'string' ? [rule] : (rule ?? []),
    files: globs(layer, files, ['suppressions', i, 'files']),
    reason,
    place: { file: layer.document.file, line: layer.document.line(['suppressions', i]) },
    ...(fingerprint !== undefined && { fingerprint }),
    ...(until !== undefined && { until }),
  }));
}

function readPolicies(context: ConfigurationContext, layers: readonly Layer[]): Policy[] {
  if (layers.every(({ source }) => source.policies === undefined)) {
    return [];
  }
  const { policies: shipped, groups, recipients } = context.shipped();
  const own = layers.flatMap(({ source }) => Object.entries(source.recipients ?? {}));
  const words: PolicyWords = {
    ...context.policyWords(),
    groups,
    recipients: { ...recipients, ...Object.fromEntries(own.map(([name, each]) => [name, toRecipient(name, each)])) },
  };
  const kinds = layers.flatMap(({ source }) => Object.keys(source.data ?? {}));
  const known: PolicyWords = { ...words, kinds: [...words.kinds, ...kinds] };
  const result: Policy[] = [];
  for (const { source, document } of layers) {
    for (const [i, policy] of (source.policies ?? []).entries()) {
      try {
        result.push(
          resolvePolicy(typeof policy === 'string' ? shipped.find(({ name }) => name === policy)! : policy, known),
        );
      } catch (error) {
        if (!(error instanceof PolicyFault)) throw error;
        throw document.error({ message: error.message, path: ['policies', i, ...error.path], atKey: error.atKey });
      }
    }
  }
  return result;
}

function toRecipient(
  name: string,
  { provider, host, sink }: NonNullable<ConfigurationSource['recipients']>[string],
): Recipient {
  const list = (texts: string | readonly string[]): readonly string[] => (typeof texts === 'string' ? [texts] : texts);
  return {
    name,
    ...(provider !== undefined && { providers: list(provider) }),
    ...(host !== undefined && { hosts: list(host) }),
    ...(sink !== undefined && { sinks: list(sink) }),
  };
}
