/** The rules that the declarative checks raise by themselves; their fixtures and docs are run by the tests of this folder. */
export const CONFIG_RULES = [
  'agent-approval-disabled',
  'agent-wildcard-permission',
  'ci-agent-untrusted-input',
  'insecure-transport',
  'mcp-broad-filesystem',
  'mcp-unauthenticated-server',
  'mcp-unpinned-server',
  'provider-retention',
] as const;
