import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleInfo } from '../core/rule.js';
import { loadRules } from '../knowledge/load-rules.js';
import type { RuleData } from '../knowledge/rules.js';
import { RULES_FOLDER } from '../rules-folder.js';

/** The rules of the contract with their docs pages; a rule without a page is helped by its description. */
export async function loadDocumentedRules(): Promise<RuleInfo[]> {
  return (await loadRules(RULES_FOLDER)).map(withPage);
}

/** A rule with its docs page. */
export function withPage({ flows, levels, ...rule }: RuleData): RuleInfo {
  return { ...rule, help: readPage(rule.id) ?? `# ${rule.id}\n\n${rule.fullDescription}\n` };
}

function readPage(id: string): string | undefined {
  try {
    return toReaders(readFileSync(join(RULES_FOLDER, 'docs', `${id}.md`), 'utf8'));
  } catch {
    return undefined;
  }
}

/** A page without what only its tests need: file names behind the language of a code block, and `// expect` comments. */
export function toReaders(page: string): string {
  return page
    .replace(/^```(\w+) .*$/gm, '```$1')
    .replace(/[ \t]*(?:\/\/|#) expect [a-z-]+(?:[ ,]+[a-z-]+)*[ \t]*$/gm, '');
}
