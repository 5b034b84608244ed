import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ToolReport } from '../../src/core/tool.js';
import { scan } from '../../src/scan.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures');

async function surveyOf(folder: string) {
  return scan({ root: join(FIXTURES, folder), paths: [], exclude: [], profile: 'strict', jobs: 1 });
}

/** `name (arguments): capability by control, …; approval`. */
function describeTools(tools: readonly ToolReport[] = []): string[] {
  return tools
    .map(({ kind, name, arguments: names, capabilities, approval, tools: members }) => {
      const can = capabilities.map((each) => `${each.kind} by ${each.control}`).join(', ');
      return `${kind} ${name} (${[...names, ...members].join(', ')}): ${can}; ${approval}`;
    })
    .sort();
}

describe('what tools can do', () => {
  it.each([
    [
      'projects/ops-server-vulnerable',
      [
        'server ops (git_log, run_tests, tail_log): runs processes by model; host',
        'tool git_log (): runs processes by model; host',
        'tool run_tests (): runs processes by model; host',
        'tool tail_log (): runs processes by model; host',
      ],
    ],
    [
      'projects/notes-server-mended',
      [
        'server notes (read_note, write_note, delete_note): deletes files by confined, writes files by confined, reads files by confined; host',
        'tool delete_note (file): deletes files by confined; host',
        'tool read_note (file): reads files by confined; host',
        'tool write_note (file, body): writes files by confined; host',
      ],
    ],
    [
      'projects/office-agent-mended',
      [
        'agent Office (delete_customer, deploy, refund, send_mail): deletes data by code, reads data by code, moves money by code, sends mail by code, deploys by code, uses the network by code; none',
        'tool delete_customer (id): deletes data by code, reads data by code; asked',
        'tool deploy (service): deploys by code, uses the network by code; asked',
        'tool refund (charge, cents): moves money by code; asked',
        'tool send_mail (to, subject, body): sends mail by code; asked',
      ],
    ],
    [
      'tools/classes',
      [
        'agent guide (current_place): ; none',
        'agent helper (paper, notes, current_date_time): reads files by code, uses the network by confined; none',
        'tool current_date_time (): ; none',
        'tool current_place (precise): ; none',
        'tool notes (): reads files by code; none',
        'tool paper (id): uses the network by confined; none',
      ],
    ],
    [
      'tools/ready',
      [
        'agent  (bash, str_replace_based_edit_tool): runs processes by model, writes files by model, reads files by model; none',
        'agent cashier (StripeAgentToolkit): writes data by model, reads data by model, moves money by model; none',
        'agent reader (wiki, handbook): reads data by confined, uses the network by confined, calls a model by model; none',
        'agent researcher (JsonToolkit, TavilySearch, manual, Calculator): reads data by confined, uses the network by confined; none',
        'tool Calculator (): ; none',
        'tool GMAIL_FETCH_EMAILS (): uses the network by confined; none',
        'tool JsonToolkit (): ; none',
        'tool SLACK_FIND_CHANNELS (): uses the network by confined; none',
        'tool StripeAgentToolkit (): writes data by model, reads data by model, moves money by model; none',
        'tool StripeAgentToolkit (): writes data by model, reads data by model; none',
        'tool TavilySearch (): uses the network by confined; none',
        'tool bash (): runs processes by model; none',
        'tool handbook (): reads data by confined, calls a model by model; none',
        'tool manual (): reads data by confined; none',
        'tool str_replace_based_edit_tool (): writes files by model, reads files by model; none',
        'tool wiki (): uses the network by confined; none',
      ],
    ],
    [
      'tools/handed-back',
      [
        'agent  (build, clock): runs processes by code; none',
        'agent  (clock, weather): ; none',
        'tool build (target): runs processes by code; none',
        'tool clock (): ; none',
        'tool weather (place): ; none',
      ],
    ],
    [
      'tools/shared-helpers',
      [
        'server tasks (list_tasks, read_task, read_document, read_index, ask_tasks): runs SQL by confined, uses the network by model; host',
        'tool ask_tasks (statement): runs SQL by confined; host',
        'tool list_notes (limit): uses the network by confined; none',
        'tool list_tasks (): uses the network by code; host',
        'tool read_document (file): uses the network by confined; host',
        'tool read_index (language): uses the network by code; host',
        'tool read_note (id): uses the network by model; none',
        'tool read_task (id): uses the network by model; host',
      ],
    ],
    [
      'tools/questions',
      [
        'tool capture (id): moves money by code; none',
        'tool delegate (task): runs processes by code, uses the network by code; none',
        'tool merge (id): runs processes by code; none',
        'tool refund (id): moves money by code, uses the network by code; asked',
      ],
    ],
    [
      'tools/services',
      [
        'tool announce (text): sends messages by code, uses the network by code; asked',
        'tool click (text): drives a browser by code; none',
        'tool indices (): uses the network by code; none',
        'tool invoke (text): uses the network by code; none',
        'tool names (): ; none',
        'tool page (text): uses the network by code; none',
        'tool pulls (text): uses the network by code; none',
        'tool reply (id, comment): sends mail by code, uses the network by confined; asked',
      ],
    ],
    [
      'tools/hosted',
      [
        'agent helper (bash, tools.webFetch_20250910, tools.codeInterpreter, desk): runs processes by model, uses the network by model, uses a sandbox by model; none',
        'tool bash (command): runs processes by model; none',
        'tool desk (): ; asked',
        'tool tools.codeInterpreter (): uses a sandbox by model; none',
        'tool tools.webFetch_20250910 (): uses the network by model; none',
      ],
    ],
    [
      'tools/workspaces',
      [
        'agent  (kept, jail): deletes files by confined, writes files by confined, reads files by confined, uses a sandbox by model; none',
        'agent  (open, host): runs processes by model, deletes files by model, writes files by model, reads files by model; none',
        'agent  (read): reads files by confined; none',
        'agent maker (open, host): runs processes by model, deletes files by model, writes files by model, reads files by model; none',
        'agent reader (read): reads files by confined; none',
        'agent writer (kept, jail): deletes files by confined, writes files by confined, reads files by confined, uses a sandbox by model; none',
        'tool host (): runs processes by model; none',
        'tool jail (): uses a sandbox by model; none',
        'tool kept (): deletes files by confined, writes files by confined, reads files by confined; none',
        'tool open (): deletes files by model, writes files by model, reads files by model; none',
        'tool read (): reads files by confined; none',
      ],
    ],
    [
      'tools/approvals',
      [
        'agent  (held): moves money by code; asked',
        'agent  (waved): moves money by code; none',
        'tool held (charge): moves money by code; none',
        'tool refund_asked (charge): moves money by code; host',
        'tool refund_unasked (charge): moves money by code; none',
        'tool waved (charge): moves money by code; none',
      ],
    ],
    [
      'tools/refined',
      [
        'tool address (url): uses the network by confined; none',
        'tool anywhere (host): uses the network by model; none',
        'tool chosen (program, name): runs processes by confined; none',
        'tool command (command): runs processes by confined; none',
        'tool made (file): reads files by model; none',
        'tool named (host): uses the network by confined; none',
        'tool other (host, script): runs processes by model; none',
        'tool page (host): uses the network by confined; none',
      ],
    ],
    [
      'tools/evaluators',
      [
        'tool cleanup (): evaluates code by code, deletes data by code, uses the network by code; none',
        'tool clock (): evaluates code by code; none',
        'tool script (code): evaluates code by model, deletes data by code, uses the network by code; none',
        'tool watch (): evaluates code by code, deletes data by code, uses the network by code; none',
      ],
    ],
    [
      'tools/derived',
      [
        'server data (run, tables, later): runs SQL by model; host',
        'tool later (statement): ; host',
        'tool run (statement): runs SQL by model; host',
        'tool tables (): runs SQL by code; host',
      ],
    ],
    [
      'tools/mailboxes',
      [
        'server mail (accounts, subjects, archive, remove): deletes data by code, writes data by code, reads data by code; host',
        'tool accounts (): ; host',
        'tool archive (account, id): writes data by code; host',
        'tool remove (account, id): deletes data by code; host',
        'tool subjects (account): reads data by code; host',
      ],
    ],
    [
      'tools/names',
      [
        'tool clear (text): deletes data by code, uses the network by code; none',
        'tool disabled (text): ; none',
        'tool either (method): deletes data by code, uses the network by code; none',
        'tool list (text): uses the network by code; none',
        'tool refused (text): ; none',
        'tool unawaited (text): deletes data by code, uses the network by code; none',
      ],
    ],
    [
      'tools/processes',
      [
        'tool answer (id, line): runs processes by model; none',
        'tool count (text): runs processes by code; none',
        'tool keys (text): runs processes by model; none',
        'tool kill (pid): stops processes by code; none',
        'tool script (text): runs processes by model; none',
        'tool stop (id): stops processes by code; none',
        'tool type (text): runs processes by model; none',
      ],
    ],
    [
      'tools/members',
      [
        'tool list (account, name): uses the network by code; none',
        'tool remove (account, name): deletes data by code, uses the network by confined; none',
        'tool schedule (account, name): deletes data by code, uses the network by confined; none',
      ],
    ],
    ['tools/given', ['tool echo (text): ; host', 'tool shell (text): runs processes by model; host']],
    [
      'tools/named-instances',
      [
        'tool CommandTool (input): runs processes by code; none',
        'tool current_date (input): runs processes by code; none',
      ],
    ],
  ])('of %s', async (folder, expected) => {
    expect(describeTools((await surveyOf(folder)).tools)).toEqual(expected);
  });

  it.each(['tool-shell-access/fires', 'tool-shell-access/silent'])(
    'finds every form of definition in %s',
    async (folder) => {
      const { tools = [] } = await surveyOf(`rules/${folder}`);
      const files = new Set(tools.map(({ location }) => location.file));
      expect([...files].sort()).toEqual([
        'agents-sdk.ts',
        'ai-sdk-dynamic.ts',
        'ai-sdk-inline.ts',
        'ai-tool.ts',
        'anthropic-dispatch.ts',
        'anthropic-tool-runner.ts',
        'bun.ts',
        'claude-agent-sdk.ts',
        'composio.ts',
        'copilot-sdk.ts',
        'copilotkit-action.ts',
        'fastmcp.ts',
        'genkit.ts',
        'google-adk.ts',
        'json-rpc.ts',
        'langchain-class.ts',
        'langchain-hosted.ts',
        'langchain-structured.ts',
        'langchain-super.ts',
        'langchain-text-class.ts',
        'langchain-tool.ts',
        'llamaindex-tool.ts',
        'llamaindex.ts',
        'mastra.ts',
        'mcp-git.ts',
        'mcp-handler.ts',
        'mcp-low-level.ts',
        'mcp-server.ts',
        'mcp-short-form.ts',
        'mcp-v2.ts',
        'openai-dispatch.ts',
        'openai-responses.ts',
        'openai-run-tools.ts',
        'own-tool-class.ts',
        'own-tool.ts',
        'quoted.ts',
        'standard-input.ts',
        'strands.ts',
        'voltagent.ts',
        'vscode.ts',
      ]);
    },
  );
});

describe('handlers as real servers reach them', () => {
  it.each([
    ['src/git-runner.ts', ['src/index.ts', 'src/git-runner.ts', 'src/git-command.ts']],
    ['src/shell.ts', ['src/index.ts', 'src/tests.ts', 'src/shell.ts']],
    ['src/logs.ts', ['src/index.ts', 'src/logs.ts']],
  ])('the finding in %s shows its whole way', async (file, way) => {
    const { findings } = await surveyOf('projects/ops-server-vulnerable');
    const finding = findings.find((each) => each.ruleId === 'tool-shell-access' && each.location.file === file);
    const steps = new Set(finding?.steps.map(({ location }) => location.file));
    expect(way.filter((each) => !steps.has(each))).toEqual([]);
    expect(finding?.steps.at(-1)?.location.file).toBe(file);
  });
});
