import type { ReportingDescriptor } from 'sarif';
import type { RuleInfo } from '../core/rule.js';

/** Descriptions that are longer are refused. */
const DESCRIPTION_CHARACTERS = 1_024;

/** A rule as code-scanning services read it: severity, precision and taxonomies stand in its properties. */
export function toSarifRule(rule: RuleInfo): ReportingDescriptor {
  return {
    id: rule.id,
    name: rule.name,
    shortDescription: { text: shorten(rule.shortDescription) },
    fullDescription: { text: shorten(rule.fullDescription) },
    help: { text: rule.help, markdown: rule.help },
    defaultConfiguration: { level: rule.level },
    properties: {
      tags: [
        'security',
        `external/cwe/cwe-${String(rule.cwe).padStart(3, '0')}`,
        `external/owasp/${rule.owasp.toLowerCase()}-2025`,
      ],
      precision: rule.profile === 'recommended' ? 'high' : 'medium',
      'problem.severity': PROBLEM_SEVERITIES[rule.level],
      'security-severity': rule.securitySeverity,
    },
  };
}

const PROBLEM_SEVERITIES = { error: 'error', warning: 'warning', note: 'recommendation' } as const;

function shorten(text: string): string {
  return text.length <= DESCRIPTION_CHARACTERS ? text : `${text.slice(0, DESCRIPTION_CHARACTERS - 1)}…`;
}
