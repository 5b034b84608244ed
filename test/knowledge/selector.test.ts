import { describe, expect, test } from 'vitest';
import { parseCondition } from '../../src/knowledge/condition.js';
import { parseClears, parseFlow } from '../../src/knowledge/flow.js';
import { includesMajor, parseMajors } from '../../src/knowledge/majors.js';
import {
  type OpenPort,
  parseCallable,
  parseCallPort,
  parsePorts,
  parseValue,
  type Selector,
  type Step,
} from '../../src/knowledge/selector.js';
import { describeError } from './describe-error.js';

/** Writes selectors and ports down again, in a form of the test's own. */
const steps = (selector: Selector) =>
  `${selector.exported ? '!' : ''}${selector.root} ${selector.steps.map(step).join(' ')}`.trim();

function step(each: Step): string {
  if (each.kind === 'member' || each.kind === 'class') return `${each.kind}:${each.name}`;
  if (each.kind !== 'parameter') return each.kind;
  return `parameter:${each.argument}${each.rest ? '+' : ''}/${each.path.join('/')}/${each.parameter}`;
}

function port(each: OpenPort): string {
  const callback = each.callback ? `<${port(each.callback)}>` : '';
  return [`${each.root}${callback}${each.index}`, ...each.path].join('/');
}

describe('values', () => {
  test.each([
    ['process.env.*', ['process member:env any']],
    ['process.env.<secret>', ['process member:env class:secret']],
    ['new OpenAI', ['!OpenAI construct']],
    ['new OpenAI().chat', ['!OpenAI construct member:chat']],
    ['new ns.Client', ['!ns member:Client construct']],
    ['createOpenAI()', ['createOpenAI call']],
    ['default', ['default']],
    ['*', ['default']],
    ['App.get(1..)->0', ['App member:get parameter:1+//0']],
    ['App.use(0..)[]->1.body', ['App member:use parameter:0+/[]/1 member:body']],
    ['streamText(0).onFinish->0', ['streamText parameter:0/onFinish/0']],
    ['new Promise(0)->0', ['!Promise parameter:0//0']],
    ['{a,b.c[]}.x', ['a member:x', 'b member:c element member:x']],
    ['Stream[].delta', ['Stream element member:delta']],
    ['$queryRaw.x-api-key', ['$queryRaw member:x-api-key']],
  ])('%s', (text, expected) => {
    expect(parseValue(text).map(steps)).toEqual(expected);
  });

  test.each([
    ['', '0: expected a name but the text ends'],
    ['a.', '2: expected a name but the text ends'],
    ['a..b', "2: expected a name but found '.'"],
    ['a[0]', "1: expected '.', '[]', '(' or '->' but found '['"],
    ['a b', "1: expected '.', '[]', '(' or '->' but found ' '"],
    ['a(x)', "2: expected an argument number, 'this' or ')' but found 'x'"],
    ['a(1', "3: expected ')' but the text ends"],
    ['a(1...)', "5: expected ')' but found '.'"],
    ['a.{b', "4: expected '}' but the text ends"],
    ['a.{b,}', "5: expected a name but found '}'"],
    ['a.<Secret>', "3: expected a kind but found 'S'"],
    ['a(0)->x', "6: expected a parameter number or '()' but found 'x'"],
    ['new a(0).b', "5: an argument is no value of an interface: expected '->m' behind it"],
    ['a(0)->()', "1: an argument is no value of an interface: expected '->m' behind it"],
    ['a->0', '1: this is no value of an interface'],
    ['(0).a', '0: expected a name at the start'],
  ])('%j is refused', (text, message) => {
    expect(describeError(() => parseValue(text))).toBe(message);
  });
});

describe('functions', () => {
  test.each([
    ['console.log', ['console member:log']],
    ['new Map', ['new !Map']],
    ['fetch().json', ['fetch call member:json']],
    ['$Array.{map,filter}', ['$Array member:map', '$Array member:filter']],
  ])('%s', (text, expected) => {
    const found = parseCallable(text).map((each) => `${each.construct ? 'new ' : ''}${steps(each.function)}`);
    expect(found).toEqual(expected);
  });

  test('are named without their arguments', () => {
    expect(describeError(() => parseCallable('fetch()'))).toBe('5: a function is named without its arguments');
    expect(describeError(() => parseCallable('fetch(0)'))).toBe('5: a function is named without its arguments');
  });
});

describe('ports of calls', () => {
  test.each([
    ['a.create(0).messages[].content', ['a member:create @ argument0/messages/[]/content']],
    ['a.create()', ['a member:create @ result0']],
    ['a.create().{x,y.z}', ['a member:create @ result0/x', 'a member:create @ result0/y/z']],
    ['console.log(0..)', ['console member:log @ arguments0']],
    ['a().b().c', ['a call member:b @ result0/c']],
    ['f(1..)->0.x', ['f @ invoke-argument<arguments1>0/x']],
    ['f(0).execute->()', ['f @ invoke-result<argument0/execute>0']],
    ['App.get(1..)->1.json(0)', ['App member:get parameter:1+//1 member:json @ argument0']],
    ['e.write(this).x', ['e member:write @ receiver0/x']],
    ['new Function(0..)', ['new !Function @ arguments0']],
    ['new Pool', ['new !Pool @ result0']],
    ['new Pool().query(0)', ['!Pool construct member:query @ argument0']],
  ])('%s', (text, expected) => {
    const found = parseCallPort(text).map(
      (each) => `${each.construct ? 'new ' : ''}${steps(each.function)} @ ${port(each.port)}`,
    );
    expect(found).toEqual(expected);
  });

  test.each([
    ['a.b', "3: expected '()' or '(n)': which part of the call is meant?"],
    ['a(0).b()', "6: a path below a port is made of '.name', '.*' and '[]'"],
  ])('%j is refused', (text, message) => {
    expect(describeError(() => parseCallPort(text))).toBe(message);
  });
});

describe('ports', () => {
  test.each([
    ['this[].a', ['receiver0/[]/a']],
    ['this.[]', ['receiver0/[]']],
    ['result.1->0', ['invoke-argument<result0/1>0']],
    ['(0)->0->1', ['invoke-argument<invoke-argument<argument0>0>1']],
    ['(0..).*', ['arguments0/*']],
    ['state', ['state0']],
    ['thrown.message', ['thrown0/message']],
    ['(1).{a,b}', ['argument1/a', 'argument1/b']],
  ])('%s', (text, expected) => {
    expect(parsePorts(text).map(port)).toEqual(expected);
  });

  test('begin with one of their roots', () => {
    expect(describeError(() => parsePorts('self.x'))).toBe("0: expected '(n)', 'this', 'result', 'thrown' or 'state'");
  });
});

describe('flows', () => {
  test.each([
    ['(0) -> result', ['value argument0 > result0']],
    ['this[] ~> (0)->0', ['taint receiver0/[] > invoke-argument<argument0>0']],
    ['(0).{a,b} -> result', ['value argument0/a > result0', 'value argument0/b > result0']],
  ])('%s', (text, expected) => {
    expect(parseFlow(text).map((flow) => `${flow.mode} ${port(flow.from)} > ${port(flow.to)}`)).toEqual(expected);
  });

  test.each([
    ['(0)->result', "11: expected 'from -> to' or 'from ~> to'"],
    ['(0) -> resul', "7: expected '(n)', 'this', 'result', 'thrown' or 'state'"],
    ['(0) ~> (a)', "8: expected an argument number, 'this' or ')' but found 'a'"],
  ])('%j is refused', (text, message) => {
    expect(describeError(() => parseFlow(text))).toBe(message);
  });

  test('clear families by name', () => {
    expect(parseClears(['secret', 'path'])).toBe(1 | (1 << 9));
    expect(describeError(() => parseClears(['secrets']))).toBe(
      "0: 'secrets' is no family of kinds that can be cleared",
    );
  });
});

describe('conditions', () => {
  test.each([
    ['(0).stream = true', 'argument0/stream in true'],
    ['(2).shell != false', 'argument2/shell not-in false'],
    ["(1) in [a, 'b c', -1]", 'argument1 in a|b c|-1'],
    ['(1) not in [a]', 'argument1 not-in a'],
    ['(0) matches [https://*, /v1/*]', 'argument0 matches https://*|/v1/*'],
    ['(0) not matches [/*]', 'argument0 not-matches /*'],
    ['(1) at most 4', 'argument1 at-most 4'],
    ['(1).x present', 'argument1/x present '],
    ['this absent', 'receiver0 absent '],
    ['.role in [system, developer]', 'sibling argument0/role in system|developer'],
  ])('%s', (text, expected) => {
    const { port: at, test: comparison, values, sibling } = parseCondition(text);
    expect(`${sibling ? 'sibling ' : ''}${port(at)} ${comparison} ${values.join('|')}`).toBe(expected);
  });

  test.each([
    ['(0)', '3: expected a port, a test and values, as in `(0).role = system`'],
    ['(0) =', "5: '=' needs a value"],
    ['(0) present x', "11: 'present' takes no value"],
    ['.{a,b} = x', '0: a condition asks of one port'],
    [
      '(0) is x',
      "4: expected a test: 'not in', 'in', '!=', '=', 'at most', 'not matches', 'matches', 'not leaves', 'leaves', 'not from', 'from', 'not written', 'written', 'named', 'answers', 'not filled', 'filled', 'not function', 'function', 'remote-plain-http', 'present', 'absent'",
    ],
  ])('%j is refused', (text, message) => {
    expect(describeError(() => parseCondition(text))).toBe(message);
  });
});

describe('ranges of majors', () => {
  test.each([
    ['>=4', [4, 5, undefined], [3]],
    ['<4', [3, 0, undefined], [4]],
    ['>3 <=5', [4, 5], [3, 6]],
    ['4 - 6', [4, 6], [3, 7]],
    ['3', [3], [2, 4]],
    ['<2 || =5', [1, 5], [2, 4, 6]],
  ])('%s', (text, inside, outside) => {
    const majors = parseMajors(text);
    expect(inside.filter((major) => !includesMajor(majors, major))).toEqual([]);
    expect(outside.filter((major) => includesMajor(majors, major))).toEqual([]);
  });

  test('a full version is refused', () => {
    const message = "0: '^4.1' is no range of major versions: expected '>=4', '<4', '3' or '4 - 6'";
    expect(describeError(() => parseMajors('^4.1'))).toBe(message);
  });
});
