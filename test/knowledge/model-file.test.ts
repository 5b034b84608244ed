import { expect, test } from 'vitest';
import { parseModelFile } from '../../src/knowledge/model-file.js';
import { describeError } from './describe-error.js';

test.each([
  ['package: [a', 'own.yaml:1:12: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ['package: 3', 'own.yaml:1:10: expected a text or a list of texts'],
  ['package: a\nsink: []', 'own.yaml:1:1: Unrecognized key: "sink"'],
  ['package: a\nglobals: true', 'own.yaml:2:10: a file is about packages or about globals'],
  ['package: a\nmajors: ^4', "own.yaml:2:9: '^4' is no range of major versions: expected '>=4', '<4', '3' or '4 - 6'"],
  ['package: a\nsinks:\n  - { at: "f(0", kind: log }', "own.yaml:3:15: expected ')' but the text ends"],
  [
    'package: a\nsinks:\n  - at: [f(0), g.h]\n    kind: log',
    "own.yaml:3:19: expected '()' or '(n)': which part of the call is meant?",
  ],
  ['package: a\nsinks:\n  - { at: f(0), kind: Log }', 'own.yaml:3:23: expected a dotted kind such as log.console'],
  ['package: a\nsinks:\n  - { at: f(0) }', 'own.yaml:3:5: Invalid input: expected string, received undefined'],
  [
    "package: a\nsinks:\n  - { at: f(0), kind: log, when: ['(1) = x', '(1) is'] }",
    "own.yaml:3:51: expected a test: 'not in', 'in', '!=', '=', 'at most', 'not matches', 'matches', 'not leaves', 'leaves', 'not from', 'from', 'not written', 'written', 'named', 'answers', 'not filled', 'filled', 'not function', 'function', 'remote-plain-http', 'present', 'absent'",
  ],
  [
    'package: a\nflows:\n  f:\n    - (0) -> result\n    - (0) > result',
    "own.yaml:5:19: expected 'from -> to' or 'from ~> to'",
  ],
  [
    'package: a\nflows:\n  f:\n    - { flow: (0) -> result, clears: [secrets] }',
    "own.yaml:4:38: 'secrets' is no family of kinds that can be cleared",
  ],
  ['package: a\nflows:\n  "f.[x]": []', "own.yaml:3:6: expected '.', '[]', '(' or '->' but found '['"],
  [
    'package: a\ntypes:\n  T: [new A, "B.c(0)"]',
    "own.yaml:3:18: an argument is no value of an interface: expected '->m' behind it",
  ],
  [
    'package: a\ntypes:\n  T: [{ at: new A, majors: x }]',
    "own.yaml:3:28: 'x' is no range of major versions: expected '>=4', '<4', '3' or '4 - 6'",
  ],
  ['package: a\nclosed: ["f()"]', 'own.yaml:2:12: a function is named without its arguments'],
])('%j is refused', (text, message) => {
  expect(describeError(() => parseModelFile('own.yaml', text))).toBe(message);
});

test('what a file is about', () => {
  const file = parseModelFile('own.yaml', 'package: [a, b/c]\nnames: { T: [x, "*X"] }\ntypes: { U: [new U] }');
  expect(file.packages).toEqual(['a', 'b/c']);
  expect(file.names).toEqual([['T', ['x', '*X']]]);
  expect(file.aliases).toEqual(['U', 'T']);
  expect(file.mentionsShared).toBe(false);
});
