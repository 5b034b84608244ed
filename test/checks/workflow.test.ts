// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts under test hold variables and expressions.
import { describe, expect, it } from 'vitest';
import { references } from '../../src/checks/workflow/expression.js';
import { checkText } from './check-text.js';

const PATH = '.github/workflows/agent.yml';

/** A workflow with one agent that reads the text of an issue. */
function workflow({ on = 'issues', condition = '', permissions = 'issues: write', step = '' } = {}): string {
  return [
    `on: ${on}`,
    `permissions: { ${permissions} }`,
    'jobs:',
    '  agent:',
    ...(condition ? [`    if: ${condition}`] : []),
    '    steps:',
    step ||
      '      - { uses: google-github-actions/run-gemini-cli@v0, with: { prompt: "${{ github.event.issue.body }}" } }',
  ].join('\n');
}

const fires = (options: Parameters<typeof workflow>[0]) => checkText(PATH, workflow(options)).findings.length > 0;

describe('gates', () => {
  it.each([
    '',
    "contains(github.event.issue.body, '/agent')",
    "github.repository == 'example/app'",
    "github.actor != 'dependabot[bot]'",
    "github.event.label.name == 'agent'",
    "github.event_name == 'issues' || github.event.comment.author_association == 'OWNER'",
    "needs.other.outputs.allowed == 'true'",
    "always() && startsWith(github.event.issue.title, 'Agent')",
  ])('%j lets everybody in', (condition) =>
    expect(fires({ condition: condition && JSON.stringify(condition) })).toBe(true),
  );

  it.each([
    "github.event.issue.author_association == 'OWNER'",
    `contains(fromJSON('["OWNER"]'), github.event.issue.author_association) && contains(github.event.issue.body, 'x')`,
    "(github.event.issue.author_association == 'OWNER' || github.event.issue.author_association == 'MEMBER')",
    "github.event_name == 'issue_comment'",
    "github.event_name == 'push' || github.event.issue.author_association == 'MEMBER'",
    "github.event.issue.user.login == 'ann'",
    "${{ github.event.issue.author_association == 'COLLABORATOR' }}",
  ])('%j keeps outsiders out', (condition) => expect(fires({ condition: JSON.stringify(condition) })).toBe(false));

  it('on the actor holds only while the actor is the author', () => {
    const condition = JSON.stringify("github.actor == 'ann'");
    expect(fires({ on: '{ issues: { types: [opened] } }', condition })).toBe(false);
    expect(fires({ on: '{ issues: { types: [opened, labeled] } }', condition })).toBe(true);
  });
});

describe('activity types', () => {
  const on = '{ issues: { types: [opened, labeled] } }';
  const step = '      - { uses: openai/codex-action@v1, with: { prompt: "${{ github.event.issue.body }}" } }';

  it.each([
    ['', true],
    ["github.event.action == 'opened'", false],
    ["github.event.action != 'labeled'", false],
    ["github.event.action == 'labeled' && github.event.label.name == 'agent'", true],
    ["github.event.action == 'opened' || github.event.issue.author_association == 'OWNER'", false],
  ])('%j: %s', (condition, expected) =>
    expect(fires({ on, step, condition: condition && JSON.stringify(condition) })).toBe(expected),
  );
});

describe('rights', () => {
  const claude = (inputs: string) =>
    `      - { uses: anthropics/claude-code-base-action@v1, with: { prompt: "\${{ github.event.issue.body }}"${inputs} } }`;

  it.each([
    ['contents: read', claude(''), false],
    ['contents: write', claude(''), true],
    ['id-token: write, contents: read', claude(''), false],
    ['contents: read', claude(', allowed_tools: "Read,Bash"'), true],
    ['contents: read', claude(', github_token: "${{ secrets.BOT_PAT }}"'), true],
    ['contents: read', claude(', anthropic_api_key: "${{ secrets.ANTHROPIC_API_KEY }}"'), false],
    ['contents: read', '', true],
  ])('%s, %s: %s', (permissions, step, expected) => expect(fires({ permissions, step })).toBe(expected));

  it('of an agent with a list of tools are narrow', () => {
    const step =
      '      - { uses: google-github-actions/run-gemini-cli@v0, with: { prompt: "${{ github.event.issue.body }}", settings: \'{"tools":{"core":["run_shell_command(echo)"]}}\' } }';
    expect(fires({ permissions: 'contents: read', step })).toBe(false);
  });

  it('of a model without tools do not matter', () => {
    const step = '      - { uses: actions/ai-inference@v1, with: { prompt: "${{ github.event.issue.body }}" } }';
    expect(fires({ step })).toBe(false);
    expect(fires({ step: step.replace(' } }', ', enable-github-mcp: true } }') })).toBe(true);
  });
});

describe('actions that refuse outsiders', () => {
  const step = (inputs: string) =>
    `      - { uses: openai/codex-action@v1, with: { prompt: "\${{ github.event.issue.body }}"${inputs} } }`;

  it.each([
    ['[opened]', '', false],
    ['[opened, labeled]', '', true],
    ['[edited]', '', true],
    ['[opened]', ", allow-users: '*'", true],
    ['[opened]', ', allow-users: "ann,bob"', false],
  ])('on %s with %s: %s', (types, inputs, expected) =>
    expect(fires({ on: `{ issues: { types: ${types} } }`, step: step(inputs) })).toBe(expected),
  );

  it('read the event by themselves on a label, and on an assignment only where that starts them', () => {
    const claude = (inputs: string) => `      - { uses: anthropics/claude-code-action@v1, with: { x: y${inputs} } }`;
    expect(fires({ on: '{ issues: { types: [opened, assigned] } }', step: claude('') })).toBe(false);
    expect(fires({ on: '{ issues: { types: [assigned] } }', step: claude(', assignee_trigger: claude') })).toBe(true);
    expect(fires({ on: '{ issues: { types: [labeled] } }', step: claude('') })).toBe(true);
    expect(fires({ on: '{ issues: { types: [labeled] } }', step: claude(', prompt: Tidy up.') })).toBe(false);
  });
});

describe('text of outsiders', () => {
  it('counts only on events that carry it', () => {
    expect(fires({ on: '{ pull_request: { types: [opened] }, workflow_dispatch: {} }' })).toBe(false);
    expect(fires({ on: '{ discussion: { types: [created] } }' })).toBe(false);
  });

  it('is found behind a job that hands it on', () => {
    const text = `on: issues
permissions: { contents: write }
jobs:
  read:
    outputs:
      text: \${{ steps.get.outputs.text }}
    steps:
      - id: get
        run: echo "text=$(gh issue view 1)" >> "$GITHUB_OUTPUT"
  agent:
    needs: read
    steps:
      - run: codex exec "\${{ needs.read.outputs.text }}"
`;
    expect(checkText(PATH, text).lines).toEqual(['13 ci-agent-untrusted-input']);
  });

  it('is found in a prompt file that an earlier step writes', () => {
    const text = `on: issues
permissions: { contents: write }
jobs:
  agent:
    steps:
      - run: echo "$BODY" > prompt.txt
        env:
          BODY: \${{ github.event.issue.body }}
      - uses: anthropics/claude-code-base-action@beta
        with:
          prompt_file: prompt.txt
`;
    expect(checkText(PATH, text).lines).toEqual(['11 ci-agent-untrusted-input']);
  });

  it('is found in a file that the prompt names', () => {
    const text = `on: issues
permissions: { issues: write }
jobs:
  agent:
    steps:
      - run: gh issue view 1 > "context.md"
      - uses: google-github-actions/run-gemini-cli@v0
        env:
          GITHUB_TOKEN: ''
        with:
          prompt: Label the issue in context.md.
`;
    expect(checkText(PATH, text).lines).toEqual(['11 ci-agent-untrusted-input']);
    const narrow = `${text}          settings: '{ "tools": { "core": ["run_shell_command(echo)"] } }'\n`;
    expect(checkText(PATH, narrow).lines).toEqual([]);
  });

  it('is not the outcome of a comparison', () => {
    expect(
      references("${{ contains(github.event.issue.body, 'x') && github.actor == 'ann' }}").map(({ name }) => name),
    ).toEqual([]);
    expect(
      references("${{ format('{0}', github.event.issue['body']) || toJSON(github.event.comment) }}").map(
        ({ name }) => name,
      ),
    ).toEqual(['format', 'github.event.issue.body', 'toJSON', 'github.event.comment']);
  });
});

describe('answers of agents', () => {
  const text = `on: workflow_dispatch
jobs:
  agent:
    outputs:
      summary: \${{ steps.model.outputs.response }}
      done: \${{ steps.model.outcome }}
    steps:
      - id: model
        uses: actions/ai-inference@v1
        with: { prompt: Summarise. }
      - run: |
          set -e
          gh pr comment 1 --body "\${{ steps.model.outputs.response }}"
      - run: gh pr comment 1 --body "$ANSWER"
        env: { ANSWER: "\${{ steps.model.outputs.response }}" }
      - uses: actions/github-script@v7
        with:
          script: core.info(\`\${{ steps.model.outputs.response }}\`)
      - run: echo \${{ steps.model.outcome }}
  publish:
    needs: agent
    steps:
      - run: echo '\${{ needs.agent.outputs.summary }}' '\${{ needs.agent.outputs.done }}'
`;

  it('are reported where they are pasted into a script', () => {
    expect(checkText(PATH, text).places).toEqual([
      '13:35 completion-to-shell ${{ steps.model.outputs.response }}',
      '18:30 completion-to-code ${{ steps.model.outputs.response }}',
      '23:20 completion-to-shell ${{ needs.agent.outputs.summary }}',
    ]);
  });
});
