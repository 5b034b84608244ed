// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts under test hold variables and expressions.
import { describe, expect, it } from 'vitest';
import { checkText } from './check-text.js';

interface N8nNode {
  readonly name: string;
  readonly type: string;
  readonly parameters?: object;
  readonly disabled?: boolean;
}

/** An n8n workflow; edges are `from > to` for data and `from tool to` for tools. One node a line, from line 2 on. */
function n8n(nodes: readonly N8nNode[], edges: readonly string[]): string {
  const parsed = edges.map((edge) => /^(?<from>\w+) (?<kind>>|tool) (?<to>\w+)$/.exec(edge)!.groups!);
  const connections = Object.fromEntries(
    parsed.map(({ from }) => [from!, { main: [targets(from!, '>')], ai_tool: [targets(from!, 'tool')] }]),
  );
  function targets(source: string, kind: string): { node: string | undefined }[] {
    return parsed.filter((edge) => edge.from === source && edge.kind === kind).map(({ to }) => ({ node: to }));
  }
  return `{ "nodes": [\n${nodes.map((node) => JSON.stringify(node)).join(',\n')}\n], "connections": ${JSON.stringify(connections)} }`;
}

const AGENT = { name: 'Agent', type: '@n8n/n8n-nodes-langchain.agent' };
const lines = (nodes: readonly N8nNode[], edges: readonly string[]) => checkText('flow.json', n8n(nodes, edges)).lines;

describe('tools of an n8n agent', () => {
  it.each<[string, object, string[]]>([
    ['n8n-nodes-base.executeCommandTool', { command: "={{ $fromAI('command') }}" }, ['tool-shell-access']],
    ['n8n-nodes-base.executeCommandTool', { command: 'df -h' }, []],
    ['n8n-nodes-base.sshTool', { command: "=ls {{ $fromAI('path') }}" }, ['tool-shell-access']],
    ['@n8n/n8n-nodes-langchain.toolCode', { jsCode: 'return eval(query)' }, ['tool-code-execution']],
    ['@n8n/n8n-nodes-langchain.toolCode', { jsCode: 'return query.length' }, []],
    ['n8n-nodes-base.postgresTool', { operation: 'executeQuery', query: "{{ $fromAI('sql') }}" }, ['tool-sql-access']],
    ['n8n-nodes-base.postgresTool', { operation: 'executeQuery', query: 'SELECT 1 WHERE a = $1' }, []],
    ['n8n-nodes-base.postgresTool', { operation: 'select', query: "{{ $fromAI('sql') }}" }, []],
    ['n8n-nodes-base.readWriteFileTool', { fileSelector: "={{ $fromAI('path') }}" }, ['tool-file-access']],
    ['n8n-nodes-base.httpRequestTool', { url: "={{ $fromAI('url') }}" }, ['tool-network-access']],
    ['n8n-nodes-base.httpRequestTool', { url: "=https://api.example.com/{{ $fromAI('id') }}" }, []],
    ['n8n-nodes-base.httpRequestTool', { url: "=https://{{ $fromAI('host') }}/x" }, ['tool-network-access']],
    ['@n8n/n8n-nodes-langchain.toolHttpRequest', { url: '{url}' }, ['tool-network-access']],
    ['@n8n/n8n-nodes-langchain.toolHttpRequest', { url: 'https://api.example.com/{id}' }, []],
    ['n8n-nodes-base.gmailTool', { sendTo: "={{ $fromAI('to') }}" }, ['tool-missing-approval']],
    ['n8n-nodes-base.gmailTool', { operation: 'sendAndWait', sendTo: "={{ $fromAI('to') }}" }, []],
    ['n8n-nodes-base.gmailTool', { sendTo: 'team@example.com' }, []],
    ['n8n-nodes-base.googleCalendarTool', { operation: 'delete' }, ['tool-missing-approval']],
  ])('%s %o', (type, parameters, rules) => {
    const nodes = [AGENT, { name: 'Tool', type, parameters }];
    expect(lines(nodes, ['Tool tool Agent'])).toEqual(rules.map((rule) => `3 ${rule}`));
    expect(lines(nodes, []).filter((line) => / tool-(?!shell)/.test(line))).toEqual([]);
    expect(lines([AGENT, { name: 'Tool', type, parameters, disabled: true }], ['Tool tool Agent'])).toEqual([]);
  });
});

describe('data of an n8n workflow', () => {
  const shell = {
    name: 'Shell',
    type: 'n8n-nodes-base.executeCommand',
    parameters: { command: '=echo {{ $json.output }}' },
  };
  const database = {
    name: 'Database',
    type: 'n8n-nodes-base.postgres',
    parameters: { operation: 'executeQuery', query: "=INSERT INTO t VALUES ('{{ $json.output }}')" },
  };

  it('is an answer behind a model', () => {
    expect(lines([AGENT, shell, database], ['Agent > Shell', 'Shell > Database'])).toEqual([
      '3 completion-to-shell',
      '4 completion-to-sql',
    ]);
  });

  it('is none before it', () => {
    expect(lines([AGENT, shell, database], ['Shell > Agent', 'Database > Agent'])).toEqual([]);
  });

  it('is an answer behind a request to a provider', () => {
    const request = {
      name: 'Model',
      type: 'n8n-nodes-base.httpRequest',
      parameters: { url: 'https://api.openai.com/v1/responses' },
    };
    const answer = { ...shell, parameters: { command: '=echo {{ $json.choices[0].message.content }}' } };
    expect(lines([request, answer], ['Model > Shell'])).toEqual(['3 completion-to-shell']);
  });

  it('decides over a whole command', () => {
    const whole = { ...shell, parameters: { command: '={{ $json.command_line }}' } };
    expect(lines([AGENT, whole], [])).toEqual(['3 tool-shell-access']);
    expect(lines([whole], [])).toEqual([]);
  });

  it('becomes instructions', () => {
    const hook = { name: 'Hook', type: 'n8n-nodes-base.webhook', parameters: { authentication: 'headerAuth' } };
    const code = {
      name: 'Code',
      type: 'n8n-nodes-base.code',
      parameters: {
        jsCode: 'const { systemPrompt, text } = $input.first().json.body;\nreturn [{ json: { systemPrompt, text } }];',
      },
    };
    const told = { ...AGENT, parameters: { options: { systemMessage: '=You help {{ $json.body.company }}.' } } };
    expect(lines([hook, code, AGENT], ['Hook > Code', 'Code > Agent'])).toEqual(['3 untrusted-to-system-prompt']);
    expect(lines([hook, told], ['Hook > Agent'])).toEqual(['3 untrusted-to-system-prompt']);
    expect(lines([hook, { ...AGENT, parameters: { text: '={{ $json.body.text }}' } }], ['Hook > Agent'])).toEqual([]);
  });

  it('is of a person', () => {
    const prompt = (text: string) => lines([{ ...AGENT, parameters: { text } }], []);
    expect(prompt('=Write to {{ $json.email }}.')).toEqual(['2 personal-data-to-model']);
    expect(prompt('=Lead: {{ $json.name }}')).toEqual(['2 personal-data-to-model']);
    expect(prompt('=File: {{ $json.name }}')).toEqual([]);
    expect(prompt('=Length: {{ $json.email.length }}')).toEqual([]);
    expect(prompt('Write to {{ $json.email }}.')).toEqual([]);
  });

  it('is reached by anyone', () => {
    const hook = { name: 'Hook', type: 'n8n-nodes-base.webhook', parameters: { path: 'x' } };
    const sheet = { name: 'Sheet', type: 'n8n-nodes-base.googleSheetsTool', parameters: { operation: 'read' } };
    expect(lines([hook, AGENT], ['Hook > Agent'])).toEqual(['2 unauthenticated-model-endpoint']);
    expect(lines([hook, AGENT, sheet], ['Hook > Agent', 'Sheet tool Agent'])).toEqual(['2 mcp-unauthenticated-server']);
    expect(lines([hook], [])).toEqual([]);
  });
});

describe('Flowise', () => {
  /** A flow with one agent and one tool, the tool on line 3. */
  function flow(name: string, inputs: object, edge = true): string {
    const node = (id: string, data: object) => JSON.stringify({ id, type: 'customNode', data: { id, ...data } });
    const agent = node('agent', { name: 'toolAgent', inputs: {} });
    const edges = edge ? [{ source: 'tool', target: 'agent', targetHandle: 'agent-input-tools-Tool' }] : [];
    return `{ "nodes": [\n${agent},\n${node('tool', { name, inputs })}\n], "edges": ${JSON.stringify(edges)} }`;
  }

  it.each<[string, object, string[]]>([
    ['requestsGet', { requestsGetUrl: '' }, ['3 tool-network-access']],
    ['requestsGet', { requestsGetUrl: 'https://api.example.com' }, []],
    ['readFile', { basePath: '' }, ['3 tool-file-access']],
    ['writeFile', { basePath: '/srv/out' }, []],
    ['sqlDatabaseChain', {}, ['3 completion-to-sql']],
    ['calculator', {}, []],
  ])('%s %o', (name, inputs, rules) => expect(checkText('flow.json', flow(name, inputs)).lines).toEqual(rules));

  it('reads the servers of a custom tool', () => {
    const text = flow('customMCP', { mcpServerConfig: '{ "command": "npx", "args": ["-y", "tickets-mcp", "/"] }' });
    expect(checkText('flow.json', text).lines).toEqual(['3 mcp-broad-filesystem', '3 mcp-unpinned-server']);
  });

  it('reads the tools that an agent lists', () => {
    const tools = (human: string) => [
      { agentSelectedTool: 'webBrowser', agentSelectedToolRequiresHumanInput: human, agentSelectedToolConfig: {} },
    ];
    const text = (human: string) =>
      JSON.stringify({
        nodes: [{ id: 'a', type: 'agentFlow', data: { name: 'agentAgentflow', inputs: { agentTools: tools(human) } } }],
        edges: [],
      });
    expect(checkText('flow.json', text('')).lines).toEqual(['1 tool-network-access']);
    expect(checkText('flow.json', text('true')).lines).toEqual([]);
  });
});
