import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { analyse } from '../../src/engine/analyse.js';
import { lowerFile } from '../../src/frontend/js/lower-file.js';
import { loadKnowledge } from '../../src/knowledge/load.js';

const knowledge = loadKnowledge('rules');

/** `rule element` of each flow of one file, sorted. */
function flowsOf(text: string): string[] {
  const { flows } = analyse({
    files: [lowerFile('case.ts', text, DEFAULT_LIMITS)],
    resolutions: [[]],
    knowledge,
    rules: knowledge.flowRules,
    limits: DEFAULT_LIMITS,
  });
  return flows.map(({ rule, element }) => `${rule} ${element}`).sort();
}

describe('interfaces that are known by the name of a receiver alone', () => {
  it('are followed through members', () => {
    const code =
      'export async function f(openai, question) { console.log(question); await openai.chat.completions.create({ messages: [{ role: "user", content: question }] }) }';
    expect(flowsOf(code)).toEqual(['prompt-to-log question']);
  });

  it('are followed through members that may have any name', () => {
    const code =
      'export async function f(prisma) { const row = await prisma.user.findFirst({ where: {} }); console.log(row.email) }';
    expect(flowsOf(code)).toEqual(['personal-data-to-log email']);
  });

  it('end where a member is not known', () => {
    const code =
      'export async function f(openai, question) { console.log(question); await openai.other.create({ messages: question }) }';
    expect(flowsOf(code)).toEqual([]);
  });

  it('any method of a logger is one that it has', () => {
    const code = 'export function f(level) { console[level](process.env.API_KEY) }';
    expect(flowsOf(code)).toEqual(['secret-to-log API_KEY']);
  });
});

describe('what stands behind the question mark of a URL', () => {
  const model = 'import OpenAI from "openai"; const openai = new OpenAI();\n';
  const ask = 'const r = await openai.responses.create({ input: "x" });';
  const run = (url: string): string[] => {
    const text = `${model}export async function f(host) { ${ask} await fetch(${url}) }`;
    const file = lowerFile('case.ts', text, DEFAULT_LIMITS);
    const resolutions = [file.specifiers.map((s) => ({ kind: 'package', specifier: s.text, major: 6 }) as const)];
    const { flows } = analyse({
      files: [file],
      resolutions,
      knowledge,
      rules: knowledge.flowRules,
      limits: DEFAULT_LIMITS,
    });
    return flows.map(({ rule }) => rule);
  };

  it.each([
    ['a fixed host and its query', '`https://a.example/find?q=$' + '{r.output_text}`', []],
    ['an own host and its query', '`$' + '{host}/find?q=$' + '{r.output_text}`', []],
    ['a path', '`https://a.example/$' + '{r.output_text}?q=1`', ['completion-to-url']],
    ['a host', '`https://$' + '{r.output_text}/find?q=1`', ['completion-to-url']],
    ['a question before a link', '"See? " + r.output_text', ['completion-to-url']],
  ])('%s', (_, url, rules) => {
    expect(run(url)).toEqual(rules);
  });
});

it('what a tool returns to the model arrives there', () => {
  const text =
    'import { tool } from "ai"; export const t = tool({ description: "d", execute: async () => ({ key: process.env.API_KEY }) });';
  const file = lowerFile('case.ts', text, DEFAULT_LIMITS);
  const resolutions = [file.specifiers.map((s) => ({ kind: 'package', specifier: s.text, major: 6 }) as const)];
  const { flows } = analyse({
    files: [file],
    resolutions,
    knowledge,
    rules: knowledge.flowRules,
    limits: DEFAULT_LIMITS,
  });
  expect(flows.map(({ rule, element }) => `${rule} ${element}`)).toEqual(['secret-to-model API_KEY']);
});
