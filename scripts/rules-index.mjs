/**
 * `docs/rules.md`: all rules by family, each with a link to its page.
 *
 * @param rules the rules as `loadDocumentedRules` gives them
 * @param {(id: string) => boolean} hasPage
 */
export function rulesIndex(rules, hasPage) {
  const head = ['| Rule | What it reports | Level | Profile | CWE | OWASP LLM |', '|---|---|---|---|---|---|'];
  const row = ({ id, shortDescription, level, profile, cwe, owasp }) => {
    const name = hasPage(id) ? `[\`${id}\`](../rules/docs/${id}.md)` : `\`${id}\``;
    return `| ${name} | ${shortDescription.replaceAll('|', '\\|')} | ${level} | ${profile} | ${cwe} | ${owasp} |`;
  };
  const sections = FAMILIES.map(([title, isMember]) => {
    const members = rules.filter((rule) => FAMILIES.find(([, belongs]) => belongs(rule))[1] === isMember);
    return members.length === 0 ? '' : [`## ${title}`, '', ...head, ...members.map(row), ''].join('\n');
  });
  return [
    '# Rules',
    '',
    '<!-- written by scripts/write-docs.mjs -->',
    '',
    `${rules.length} rules. \`npx spillcheck explain <rule>\` prints the page of one. Rules of the profile \`strict\` are off unless it is asked for;`,
    'levels can be changed, and rules switched off, in the [configuration](configuration.md). Ids never change once shipped.',
    '',
    ...sections.filter(Boolean),
  ].join('\n');
}

/** Titles, and which rules belong there: the first that fits counts. */
const FAMILIES = [
  ['Credentials', ({ id }) => /secret/.test(id)],
  ['Prompts and model output', ({ id }) => /^(?:prompt|completion)-to-(?:log|telemetry|storage)$|retention/.test(id)],
  ['Personal data', ({ id }) => /^(?:personal-data|record)-/.test(id)],
  ['Untrusted input', ({ id }) => /^untrusted-/.test(id)],
  ['Model output in dangerous places', ({ id }) => /^completion-to-/.test(id)],
  ['Tools and agents', ({ id }) => /^(?:tool|agent|mcp)-/.test(id)],
  ['Everything else', () => true],
];
