// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts under test hold expressions of workflows.
import { describe, expect, it } from 'vitest';
import { CHECKS } from './run-check.js';
import { equipped, findingsIn, READS, stepsOf, WRITES, withoutOwnToken } from './workflow-text.js';

const RULES = CHECKS.workflow!;
const BODY = '${{ github.event.issue.body }}';
/** The issue is opened, or labelled by somebody with rights. */
const ISSUES = { issues: { types: ['opened', 'labeled'] } };
const gemini = (text: string) => ({
  uses: 'google-github-actions/run-gemini-cli@v0',
  with: { prompt: `Do it: ${text}` },
});
const agents = RULES.agents.map((agent, i) => ({ name: `${i} ${agent.name}`, agent }));

describe.each(agents)('$name', ({ agent }) => {
  const count = (steps: ReturnType<typeof stepsOf>, permissions = WRITES) =>
    steps.map((step) => findingsIn({ on: ISSUES, permissions, steps: [step] }));

  it('is found however it is started, where its prompt holds text that anyone writes', () => {
    const fires = count(stepsOf(agent, `Triage: ${BODY}`, equipped(agent)));
    expect(fires.length).toBeGreaterThan(0);
    expect(fires.filter((found) => found === 0)).toEqual([]);
    const [told] = agent.readsEventUnless;
    const constant = { ...equipped(agent), ...(told && { [told]: 'Say hello.' }) };
    expect(count(stepsOf(agent, 'Say hello.', constant)).filter((found) => found > 0)).toEqual([]);
    const narrow = { ...withoutOwnToken(agent), ...narrowing(agent.narrowedBy) };
    const harmless = agent.broadAlways && agent.narrowedBy.length === 0 ? 'Say hello.' : BODY;
    expect(count(stepsOf(agent, harmless, narrow), READS).filter((found) => found > 0)).toEqual([]);
  });

  it('is found by each setting that lets it run any tool', () => {
    const flags = agent.broadFlags.filter((flag) =>
      count(stepsOf(agent, BODY, withoutOwnToken(agent), flag), READS).includes(0),
    );
    const inputs = agent.broadInputs.flatMap(({ input, matches }) =>
      matches
        .map((pattern) => ({ ...withoutOwnToken(agent), [input]: pattern.replaceAll('*', 'Read') }))
        .filter((given) => count(stepsOf(agent, BODY, given), READS).includes(0)),
    );
    expect([...flags, ...inputs]).toEqual([]);
  });

  it('is found by each file that holds its prompt, and silent where the file is the repository’s', () => {
    const write = { run: 'printf "%s" "$BODY" > prompt.txt', env: { BODY } };
    for (const input of agent.promptFiles) {
      const uses = `${agent.actions[0]!.replaceAll('*', 'x')}@v1`;
      const ask = { uses, with: { [input]: 'prompt.txt', ...equipped(agent) } };
      expect(findingsIn({ on: ISSUES, steps: [write, ask] })).toBe(1);
      expect(findingsIn({ on: ISSUES, steps: [ask] })).toBe(0);
    }
  });

  it('refuses outsiders unless an input lets everybody in', () => {
    const opened = { issues: { types: ['opened'] } };
    const [step] = stepsOf(agent, BODY, equipped(agent)) as { readonly uses?: string; readonly with?: object }[];
    expect(findingsIn({ on: opened, steps: [step!] as never })).toBe(agent.refusesOutsiders ? 0 : 1);
    for (const { input, needs } of agent.opens) {
      const open = { ...step!.with, [input]: '*', ...(needs && { [needs]: '${{ secrets.GITHUB_TOKEN }}' }) };
      expect(findingsIn({ on: opened, steps: [{ ...step!, with: open }] as never })).toBe(1);
      expect(findingsIn({ on: opened, steps: [{ ...step!, with: { ...open, [input]: 'ann' } }] as never })).toBe(0);
    }
  });

  it('answers with text that must not become a script', () => {
    const [step] = stepsOf(agent, 'Say hello.', equipped(agent));
    const uses = RULES.scriptInputs[0]!.split('#')[0]!;
    for (const output of agent.outputs) {
      const answer = `\${{ steps.ask.outputs.${output} }}`;
      const script = { uses: `${uses}@v7`, with: { script: `console.log("${answer}")` } };
      expect([output, findingsIn({ steps: [step!, { run: `echo "${answer}"` }] })]).toEqual([output, 1]);
      expect([output, findingsIn({ steps: [step!, script] })]).toEqual([output, 1]);
      const quoted = { env: { ANSWER: answer }, run: 'echo "$ANSWER"' };
      expect(findingsIn({ steps: [step!, quoted] })).toBe(0);
    }
  });
});

describe('text that anyone writes', () => {
  const texts = RULES.text.map((text) => text.replaceAll('*', '0'));
  const events = RULES.events.map(({ event }) => event);
  const fires = (event: string, text: string) => findingsIn({ on: event, steps: [gemini(`\${{ ${text} }}`)] }) > 0;

  it('is found on some event, and no event is without text', () => {
    expect(texts.filter((text) => !events.some((event) => fires(event, text)))).toEqual([]);
    expect(events.filter((event) => !texts.some((text) => fires(event, text)))).toEqual([]);
    expect(texts.filter((text) => fires('push', text) || fires('schedule', text))).toEqual([]);
  });

  it('is found where it is only pointed at, fetched or checked out', () => {
    const on = { issues: {}, issue_comment: {}, pull_request_target: {}, discussion: {} };
    const pointed = RULES.pointers.filter((pointer) => findingsIn({ on, steps: [gemini(`\${{ ${pointer} }}`)] }) === 0);
    const fetched = RULES.fetches.filter((piece) => {
      const fetch = { id: 'fetch', run: `${piece} 1 >> "$GITHUB_OUTPUT"` };
      return findingsIn({ on, steps: [fetch, gemini('${{ steps.fetch.outputs.text }}')] }) === 0;
    });
    const heads = RULES.heads.filter((head) => {
      const ref = head.includes(' ') ? undefined : head.startsWith('refs') ? `${head}1/head` : `\${{ ${head} }}`;
      const checkout = ref ? { uses: 'actions/checkout@v5', with: { ref } } : { run: `${head} 1` };
      return findingsIn({ on, steps: [checkout, gemini('Review the code.')] }) === 0;
    });
    expect([...pointed, ...fetched, ...heads]).toEqual([]);
    expect(findingsIn({ on, steps: [{ uses: 'actions/checkout@v5' }, gemini('Review the code.')] })).toBe(0);
  });
});

describe('gates', () => {
  const gated = (condition: string) =>
    findingsIn({ on: { issues: { types: ['opened'] }, pull_request_target: {} }, condition, steps: [gemini(BODY)] });

  it.each(RULES.authorGates)('%s keeps other authors out', (piece) => expect(gated(conditionOf(piece))).toBe(0));
  it.each(RULES.actorGates)('%s keeps other actors out', (piece) => expect(gated(conditionOf(piece))).toBe(0));
  it.each(RULES.permissionChecks)('a step that asks %s keeps them out', (piece) => {
    const ask = { run: `gh api x/${piece}/ann || exit 1` };
    const on = { issues: { types: ['opened'] } };
    expect(findingsIn({ on, steps: [ask, gemini(BODY)] })).toBe(0);
    expect(findingsIn({ on, steps: [{ run: 'npm ci || exit 1' }, gemini(BODY)] })).toBe(1);
  });
  it('another condition keeps nobody out', () => expect(gated("github.event.issue.state == 'open'")).toBe(1));
});

/** A whole condition around a piece of one. */
function conditionOf(piece: string): string {
  if (piece.startsWith(', ')) return `contains('["ann"]'${piece}`;
  const subject = piece.startsWith('.') ? `github.event.pull_request${piece}` : piece;
  if (subject.endsWith('==')) return `${subject} 'ann'`;
  if (subject.endsWith('github.')) return `${subject}event.repository.id`;
  return subject.includes('=') || subject.startsWith('!') ? subject : `github.event.issue.${subject} == 'OWNER'`;
}

function narrowing(rules: readonly { readonly input: string; readonly matches: readonly string[] }[]) {
  return Object.fromEntries(rules.map(({ input, matches }) => [input, matches[0]!.replaceAll('*', ' ')]));
}
