import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Knowledge } from '../../src/knowledge/knowledge.js';
import { compileKnowledge, loadKnowledge } from '../../src/knowledge/load.js';
import { describeError } from './describe-error.js';

const RULES = join(import.meta.dirname, '../../rules');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'knowledge-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What a knowledge base says of a few things, for comparing. */
function answers(knowledge: Knowledge): unknown {
  const client = knowledge.construct(knowledge.member(knowledge.module('openai', 4), 'OpenAI'));
  const create = knowledge.member(knowledge.member(knowledge.member(client, 'chat'), 'completions'), 'create');
  return [
    knowledge.onCall(create),
    knowledge.onCall(knowledge.method('map')),
    knowledge.onCall(knowledge.member(knowledge.global('console'), 'log')),
    knowledge.classifyName('userEmail'),
    knowledge.entries.map((entry) => entry.selector),
    knowledge.flowRules,
  ];
}

test('what the build compiled says the same as the files', () => {
  const compiled = join(folder, 'knowledge.json');
  writeFileSync(compiled, compileKnowledge(RULES));
  expect(answers(loadKnowledge(RULES, [], compiled))).toEqual(
    answers(loadKnowledge(RULES, [], join(folder, 'absent.json'))),
  );
});

test('what was compiled from other files is not used', () => {
  const stale = join(folder, 'stale.json');
  writeFileSync(stale, '{"digest":"0000","models":[],"lexicon":[],"rules":[]}');
  expect(loadKnowledge(RULES, [], stale).rules).not.toEqual([]);
});

test("the user's files add to the shipped ones", () => {
  const own = join(folder, 'own.yaml');
  writeFileSync(own, 'package: openai\nsinks: [{ at: "Client.audit(0)", kind: log.audit }]\n');
  const knowledge = loadKnowledge(RULES, [own], join(folder, 'absent.json'));
  const client = knowledge.construct(knowledge.member(knowledge.module('openai', 4), 'OpenAI'));
  expect(knowledge.onCall(knowledge.member(client, 'audit'))?.sinks.map((sink) => sink.kind)).toEqual(['log.audit']);
});

test('a file that cannot be read, or is wrong', () => {
  const missing = join(folder, 'missing.yaml');
  expect(describeError(() => loadKnowledge(RULES, [missing]))).toBe(`${missing}: cannot be read (ENOENT)`);
  const wrong = join(folder, 'wrong.yaml');
  writeFileSync(wrong, 'package: a\nsinks:\n  - { at: f, kind: log }\n');
  const message = "expected '()' or '(n)': which part of the call is meant?";
  expect(describeError(() => loadKnowledge(RULES, [wrong]))).toBe(`${wrong}:3:12: ${message}`);
});
