import type { KnowledgeData } from './knowledge.js';

/** The words that policies may use. All lists are sorted. */
export interface KnowledgeVocabulary {
  /** Kinds of data that names or models tell. */
  readonly kinds: readonly string[];
  readonly sinks: readonly string[];
  /** Recipients that models name. */
  readonly providers: readonly string[];
}

export function readVocabulary({ models, lexicon }: KnowledgeData): KnowledgeVocabulary {
  const kinds = new Set(lexicon.map(({ kind }) => kind));
  const sinks = new Set<string>();
  const providers = new Set<string>();
  for (const { source } of models) {
    if (source.recipient !== undefined) providers.add(source.recipient);
    for (const { kind } of [...(source.sources ?? []), ...(source.reads ?? [])]) kinds.add(kind);
    for (const { kind, recipient } of [...(source.sinks ?? []), ...(source.writes ?? [])]) {
      sinks.add(kind);
      if (recipient !== undefined) providers.add(recipient);
    }
  }
  return { kinds: [...kinds].sort(), sinks: [...sinks].sort(), providers: [...providers].sort() };
}
