import type { RuleInfo } from '../src/core/rule.js';

export function rulesIndex(rules: readonly RuleInfo[], hasPage: (id: string) => boolean): string;
