/** The rules about tools and agents whose fixtures and docs the tests of this folder run; each is scanned for alone. */
export const TOOL_RULES = [
  'agent-unbounded-loop',
  'tool-code-execution',
  'tool-file-access',
  'tool-loose-schema',
  'tool-missing-approval',
  'tool-network-access',
  'tool-sql-access',
] as const;
