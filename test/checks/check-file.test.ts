// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts under test hold variables and expressions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isConfigurationOfInterest } from '../../src/checks/of-interest.js';
import { checkText } from './check-text.js';

describe('a finding', () => {
  it('covers the value, names the setting and shows what would be narrow enough', () => {
    const text = '{\n  "permissions": {\n    "allow": ["Read", "Bash(*)"]\n  }\n}\n';
    const { findings, places } = checkText('.claude/settings.json', text);
    expect(places).toEqual(['3:23 agent-wildcard-permission "Bash(*)"']);
    expect(findings[0]).toMatchObject({
      level: 'error',
      confidence: 'high',
      location: { file: '.claude/settings.json' },
      message: expect.stringMatching(/^`Bash\(\*\)` approves /),
      advice: expect.stringContaining('"allow": ["Bash(npm test)"'),
      data: { kind: 'setting', element: 'permissions.allow[].Bash(*)' },
      fingerprints: { 'flow/v1': '' },
      steps: [],
      related: [],
    });
  });

  it('is one for adjacent settings that make one decision', () => {
    const text = 'sandbox_mode = "danger-full-access"\nmodel = "x"\napproval_policy = "never"\n';
    const { findings, places } = checkText('.codex/config.toml', text);
    expect(places).toEqual(['3:19 agent-approval-disabled "never"']);
    expect(findings[0]!.related.map(({ location: { start, end } }) => text.slice(start, end))).toEqual([
      '"danger-full-access"',
    ]);
  });

  it('is one for the flags of one command line', () => {
    const { places } = checkText('run.sh', 'codex --yolo -a never exec x\ncodex --yolo exec y\n');
    expect(places).toEqual(['1:7 agent-approval-disabled --yolo', '2:7 agent-approval-disabled --yolo']);
  });

  it('stands at the flag within a block of YAML', () => {
    const text =
      'jobs:\n  a:\n    steps:\n      - run: |\n          echo one\n          claude -p x \\\n            --dangerously-skip-permissions\n';
    expect(checkText('.github/workflows/a.yml', text).places).toEqual([
      '7:13 agent-approval-disabled --dangerously-skip-permissions',
    ]);
  });

  it('stands at the second of two equal texts', () => {
    const text = '{ "scripts": { "a": "echo --yolo && gemini --yolo" } }';
    expect(checkText('package.json', text).places).toEqual(['1:44 agent-approval-disabled --yolo']);
  });

  it('stands in settings within a workflow', () => {
    const text = `jobs:
  a:
    steps:
      - uses: google-github-actions/run-gemini-cli@v0
        with:
          settings: |
            {
              "mcpServers": { "a": { "command": "npx", "args": ["-y", "tickets-mcp"] } },
              "tools": { "allowed": ["run_shell_command"] }
            }
`;
    expect(checkText('.github/workflows/a.yml', text).places).toEqual([
      '8:71 mcp-unpinned-server "tickets-mcp"',
      '9:38 agent-wildcard-permission "run_shell_command"',
    ]);
  });

  it('shows no credential of an address', () => {
    const url = 'http://ann:s3cret@tickets.example.com/mcp?key=s3cret';
    const { findings } = checkText('.mcp.json', JSON.stringify({ mcpServers: { a: { url } } }));
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['insecure-transport']);
    expect(JSON.stringify(findings)).not.toContain('s3cret');
    expect(findings[0]!.message).toContain('`http://…@tickets.example.com/mcp`');
  });

  it('is the same for a package of the project only where it is none of its dependencies', () => {
    const text = JSON.stringify({ mcpServers: { a: { command: 'npx', args: ['-y', 'own-mcp'] } } });
    expect(checkText('.mcp.json', text).lines).toEqual(['1 mcp-unpinned-server']);
    expect(checkText('.mcp.json', text, { facts: { isDependency: (name) => name === 'own-mcp' } }).lines).toEqual([]);
  });
});

describe('variables', () => {
  it.each<[string, string, string[]]>([
    ['.env', 'LANGSMITH_TRACING=true\n', ['1 prompt-to-telemetry']],
    ['.env', 'LANGCHAIN_TRACING_V2="true"\nLANGCHAIN_TRACING_V2=true\n', ['1 prompt-to-telemetry']],
    ['.env', 'LANGSMITH_TRACING=true\nLANGSMITH_HIDE_INPUTS=true\n', []],
    ['.env', 'LANGSMITH_TRACING=false\n# LANGSMITH_TRACING=true\n', []],
    ['.env.example', 'LANGSMITH_TRACING=true\n', []],
    ['compose.yaml', 'services:\n  a:\n    environment:\n      - DD_LLMOBS_ENABLED=1\n', ['4 prompt-to-telemetry']],
    ['Dockerfile', 'FROM x\nENV TRACELOOP_TRACE_CONTENT=true\n', ['2 prompt-to-telemetry']],
    ['langgraph.json', '{ "env": { "LANGSMITH_TRACING": "true" } }', ['1 prompt-to-telemetry']],
    ['.claude/settings.json', '{ "env": { "OTEL_LOG_USER_PROMPTS": "1" } }', ['1 prompt-to-telemetry']],
    [
      'k8s/app.yaml',
      'kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - env:\n            - name: LANGSMITH_TRACING\n              value: "true"\n',
      ['8 prompt-to-telemetry'],
    ],
    ['.codex/config.toml', '[otel]\nlog_user_prompt = true\n', ['2 prompt-to-telemetry']],
    ['.gemini/settings.json', '{ "telemetry": { "enabled": true, "target": "gcp" } }', ['1 prompt-to-telemetry']],
    ['.gemini/settings.json', '{ "telemetry": { "enabled": true, "target": "gcp", "logPrompts": false } }', []],
    ['.gemini/settings.json', '{ "telemetry": { "enabled": true, "target": "local" } }', []],
    ['opencode.json', '{ "share": "auto" }', ['1 prompt-to-telemetry']],
    ['litellm.yaml', 'litellm_settings:\n  success_callback: ["langfuse"]\n', ['2 prompt-to-telemetry']],
    ['litellm.yaml', 'litellm_settings:\n  success_callback: ["langfuse"]\n  turn_off_message_logging: true\n', []],
    ['start.sh', 'LANGSMITH_TRACING=true node server.js\n', ['1 prompt-to-telemetry']],
  ])('%s %j', (path, text, lines) => expect(checkText(path, text).lines).toEqual(lines));
});

describe('front matter', () => {
  it.each<[string, string, string[]]>([
    [
      '.claude/agents/a.md',
      '---\nname: a\npermissionMode: bypassPermissions\n---\nText.\n',
      ['3 agent-approval-disabled'],
    ],
    [
      '.claude/commands/a.md',
      '---\nallowed-tools: Read, Bash(git status:*), Bash(python:*)\n---\n',
      ['2 agent-wildcard-permission'],
    ],
    ['skills/a/SKILL.md', '---\nallowed-tools:\n  - Read\n  - Bash\n---\n', ['4 agent-wildcard-permission']],
    ['.claude/commands/a.md', '---\nallowed-tools: Read, Bash(git status:*)\n---\nallowed-tools: Bash\n', []],
    ['.claude/agents/a.md', '---\ntools: Bash, Write\n---\n', []],
    ['.opencode/agent/a.md', '---\npermission:\n  bash: allow\n---\n', ['3 agent-wildcard-permission']],
    [
      '.github/workflows/a.md',
      '---\non: issues\ntools:\n  bash: ["git status", ":*"]\n---\n',
      ['4 agent-wildcard-permission'],
    ],
  ])('%s %j', (path, text, lines) => {
    expect(isConfigurationOfInterest(path)).toBe(true);
    expect(checkText(path, text).lines).toEqual(lines);
  });
});

describe('other settings', () => {
  it('of a tool that is a command template', () => {
    const tool = (shell: boolean) =>
      JSON.stringify({ tool: { parameters: { domain: {} }, execution: { command: 'dig ${domain}', shell } } });
    expect(checkText('tool.json', tool(true)).lines).toEqual(['1 tool-shell-access']);
    expect(checkText('tool.json', tool(false)).lines).toEqual([]);
    expect(checkText('tool.json', tool(true).replace('${domain}', '${HOME}')).lines).toEqual([]);
  });

  it('are checked in the rest of a broken file', () => {
    const { lines, diagnostics } = checkText(
      '.mcp.json',
      '{ "mcpServers": { "a": { "url": "http://a.example.com" }, "b": } }',
    );
    expect(lines).toEqual(['1 insecure-transport']);
    expect(diagnostics).toMatchObject([{ kind: 'configuration', file: '.mcp.json', line: 1, column: 64 }]);
  });
});

describe('checkFile', () => {
  it('never fails, whatever it reads', () => {
    const seeds = [
      ['.mcp.json', '{ "mcpServers": { "a": { "command": "npx", "args": ["-y", "x", "/"], "url": "http://a.b" } } }'],
      [
        '.github/workflows/a.yml',
        'on: issues\njobs:\n  a:\n    steps:\n      - run: claude -p "${{ github.event.issue.body }}"\n',
      ],
      ['.codex/config.toml', '[mcp_servers.a]\ncommand = "npx"\nargs = ["x"]\n'],
      ['run.sh', 'A=$(claude -p "$(cat x)" --dangerously-skip-permissions) <<E\nx\nE\n'],
      ['Dockerfile', 'FROM x\nRUN a \\\n  && b\nCMD ["claude"]\n'],
      [
        'flow.json',
        '{ "nodes": [{ "name": "a", "type": "n8n-nodes-base.ssh" }], "connections": { "a": { "main": [[{ "node": "a" }]] } } }',
      ],
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.nat(),
        fc.nat(20),
        fc.string({ maxLength: 8 }),
        ([path, seed], at, count, text) => {
          const start = at % (seed.length + 1);
          const { findings } = checkText(path, seed.slice(0, start) + text + seed.slice(start + count));
          for (const { location } of findings) expect(location.start).toBeLessThanOrEqual(location.end);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('isConfigurationOfInterest', () => {
  it.each([
    '.mcp.json',
    'a/opencode.jsonc',
    '.github/workflows/a.yml',
    '.codex/config.toml',
    '.env',
    '.env.local',
    'Dockerfile',
    'api.Dockerfile',
    'run.sh',
    'Makefile',
    '.husky/pre-commit',
    'package.json',
  ])('%s is', (path) => expect(isConfigurationOfInterest(path)).toBe(true));
  it.each([
    'package-lock.json',
    'a/pnpm-lock.yaml',
    'tsconfig.json',
    'tsconfig.build.json',
    'Cargo.lock',
    'x.schema.json',
    'a.js.map',
    'README.md',
    'a.ts',
    'notebook.ipynb',
  ])('%s is not', (path) => expect(isConfigurationOfInterest(path)).toBe(false));
});
