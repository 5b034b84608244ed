import type { Finding } from '../core/finding.js';
import type { ExposedReference } from './exposed-reference.js';
import type { SecretIdentity } from './to-finding.js';

/** The finding for a credential of the environment that is handed out, at its name. */
export function toReferenceFinding(
  file: string,
  { span, name, way, advice, level }: ExposedReference,
): Omit<Finding, 'fingerprints'> & { readonly identity: SecretIdentity } {
  const isWhole = name.includes('.') || name.startsWith('*');
  const what = isWhole ? 'The whole environment, with every key in it,' : `The key in \`${name}\``;
  return {
    ruleId: 'client-exposed-secret',
    level,
    location: { file, ...span },
    message: `${what} ${way}.`,
    advice,
    confidence: 'medium',
    features: [],
    steps: [],
    related: [],
    data: { kind: 'secret.env', element: name },
    identity: { sourceKind: 'secret.env', sourceName: name, sinkSelector: 'exposed-reference', sinkName: way },
  };
}
