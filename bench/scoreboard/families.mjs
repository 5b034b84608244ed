/**
 * The families in which findings are compared. Rules stand in one family where a reasonable tool may report the same leak under either
 * name: a tool that calls a logged address a logged prompt has found it. Kinds are those of the labels.
 */
export const FAMILIES = {
  content: {
    title: 'content and personal data in logs and telemetry',
    rules: [
      'prompt-to-log',
      'completion-to-log',
      'personal-data-to-log',
      'prompt-to-telemetry',
      'completion-to-telemetry',
      'personal-data-to-telemetry',
    ],
    kinds: ['prompt-logged', 'completion-logged', 'pii-logged', 'prompt-to-telemetry'],
  },
  'secret-log': {
    title: 'credentials in logs and telemetry',
    rules: ['secret-to-log', 'secret-to-telemetry'],
    kinds: ['secret-logged'],
  },
  key: { title: 'credentials written down', rules: ['hardcoded-secret'], kinds: ['hardcoded-key'] },
  client: {
    title: 'keys that reach the browser',
    rules: ['client-exposed-secret'],
    kinds: ['key-exposed-to-client'],
  },
  code: {
    title: 'shell and code',
    rules: ['completion-to-shell', 'completion-to-code', 'tool-shell-access', 'tool-code-execution'],
    kinds: ['llm-output-to-exec', 'llm-output-to-eval', 'overbroad-tool-shell'],
  },
  sql: { title: 'SQL', rules: ['completion-to-sql', 'tool-sql-access'], kinds: ['llm-output-to-sql'] },
  html: { title: 'HTML', rules: ['completion-to-html'], kinds: ['llm-output-to-html'] },
  path: {
    title: 'files',
    rules: ['completion-to-path', 'tool-file-access'],
    kinds: ['llm-output-to-fs', 'overbroad-tool-fs'],
  },
  url: { title: 'requests', rules: ['completion-to-url', 'tool-network-access'], kinds: ['llm-output-to-fetch'] },
  model: {
    title: 'personal data and credentials sent to models',
    rules: ['personal-data-to-model', 'record-to-model', 'personal-data-to-embedding', 'secret-to-model'],
    kinds: ['pii-to-llm', 'secret-to-llm'],
  },
  injection: {
    title: 'untrusted instructions',
    rules: ['untrusted-to-system-prompt'],
    kinds: ['user-input-in-system-prompt'],
  },
  mcp: {
    title: 'MCP servers',
    rules: ['mcp-broad-filesystem', 'mcp-unpinned-server', 'mcp-unauthenticated-server'],
    kinds: ['overbroad-mcp-config'],
  },
  agent: {
    title: 'settings of agents',
    rules: ['agent-approval-disabled', 'agent-wildcard-permission', 'ci-agent-untrusted-input'],
    kinds: ['overbroad-agent-settings'],
  },
  loop: { title: 'loops without a limit', rules: ['agent-unbounded-loop'], kinds: [] },
  store: { title: 'content in storage', rules: ['prompt-to-storage'], kinds: ['prompt-stored'] },
  tls: { title: 'transport', rules: ['insecure-transport'], kinds: ['insecure-transport'] },
};

const BY_RULE = new Map(Object.entries(FAMILIES).flatMap(([name, { rules }]) => rules.map((rule) => [rule, name])));
const BY_KIND = new Map(Object.entries(FAMILIES).flatMap(([name, { kinds }]) => kinds.map((kind) => [kind, name])));

/** The family of a rule of ours; undefined for rules that are not compared. */
export function familyOfRule(rule) {
  return BY_RULE.get(rule);
}

/** The family of a label's kind; undefined for kinds that are not compared. */
export function familyOfKind(kind) {
  return BY_KIND.get(kind);
}
