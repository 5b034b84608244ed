import type { ArtifactLocation, Location as SarifLocation } from 'sarif';
import type { Location } from '../core/span.js';
import type { SourceTexts } from './source-texts.js';

/** The name that stands for the scan root; where it lies on the machine is nobody's business, so it has no URI. */
export const SOURCE_ROOT = '%SRCROOT%';

/** A path as a relative URI: each segment percent-encoded. */
export function toUriPath(file: string): string {
  const wellFormed = file.replace(/\p{Surrogate}/gu, '\ufffd');
  return wellFormed.split('/').map(encodeURIComponent).join('/');
}

export function toArtifactLocation(file: string): ArtifactLocation {
  return { uri: toUriPath(file), uriBaseId: SOURCE_ROOT };
}

/** A place with an optional message. Where the text cannot be had, the place is the file's first line. */
export function toSarifLocation(location: Location, sources: SourceTexts, message?: string): SarifLocation {
  const region = sources.region(location);
  return {
    physicalLocation: {
      artifactLocation: toArtifactLocation(location.file),
      region: region
        ? {
            startLine: region.start.line,
            startColumn: region.start.column,
            endLine: region.end.line,
            endColumn: region.end.column,
          }
        : { startLine: 1 },
    },
    ...(message !== undefined && { message: { text: toMessage(message, sources) } }),
  };
}

/** A message, masked, and with nothing in it that a viewer could take for an embedded link. */
export function toMessage(text: string, sources: SourceTexts): string {
  return sources.mask(text).replace(/\]\(/g, '] (');
}

/** A message as a sentence. */
export function toSentence(text: string, sources: SourceTexts): string {
  const message = toMessage(text, sources);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
