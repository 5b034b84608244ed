import type { Profile } from './core/finding.js';
import type { Limits } from './core/limits.js';
import { readSearched, type SearchedSink } from './project/read-searched.js';
import type { FindingDraft } from './report/fingerprint.js';
import { findExposedReferences } from './secrets/exposed-reference.js';
import type { SecretFormats } from './secrets/format.js';
import { toReferenceFinding } from './secrets/reference-finding.js';
import { scanText } from './secrets/scan-text.js';
import { toFinding } from './secrets/to-finding.js';

/** A text by the path that it is judged by. */
export interface Text {
  readonly path: string;
  readonly text: string;
}

/**
 * The credentials in texts, those of the profile.
 *
 * @param onCandidate told of each text that holds something of the shape or the name of a credential, whether it is one or not
 */
export function searchTexts(
  texts: Iterable<Text>,
  formats: SecretFormats,
  profile: Profile,
  onCandidate: (path: string) => void = () => {},
): FindingDraft[] {
  const drafts: FindingDraft[] = [];
  for (const { path, text } of texts) {
    for (const hit of scanText(path, text, formats, { onCandidate: () => onCandidate(path) })) {
      if (profile === 'strict' || hit.profile === 'recommended') drafts.push(toFinding(hit));
    }
    for (const reference of findExposedReferences(path, text)) drafts.push(toReferenceFinding(path, reference));
  }
  return drafts;
}

/** Reads files one at a time, so that a tree of any size is searched in little memory; what is no text is told to `sink`. */
export function* readTexts(
  root: string,
  paths: readonly string[],
  limits: Limits,
  sink: SearchedSink,
): Generator<Text> {
  for (const path of paths) {
    const text = readSearched(root, path, limits, sink);
    if (text !== undefined) yield { path, text };
  }
}
