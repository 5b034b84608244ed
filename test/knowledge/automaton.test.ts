import { describe, expect, test } from 'vitest';
import type { ApiState } from '../../src/core/knowledge.js';
import type { Port } from '../../src/core/port.js';
import { Knowledge } from '../../src/knowledge/knowledge.js';
import { parseLexicon } from '../../src/knowledge/lexicon.js';
import { parseModelFile } from '../../src/knowledge/model-file.js';

const LEXICON = parseLexicon([
  ['names.yaml', 'classes: [{ kind: secret.key, names: [key] }, { kind: none, names: [public key] }]'],
]);

function know(...texts: readonly string[]): Knowledge {
  const models = texts.map((text, i) => parseModelFile(`m${i}.yaml`, text));
  return new Knowledge({ models, lexicon: LEXICON, rules: [] });
}

/** Follows steps from a state: names, `()`, `new`, `[]`. */
function follow(knowledge: Knowledge, start: ApiState, ...path: readonly string[]): ApiState {
  return path.reduce((state, step) => {
    if (step === '()') return knowledge.call(state);
    if (step === 'new') return knowledge.construct(state);
    if (step === '[]') return knowledge.element(state);
    return knowledge.member(state, step);
  }, start);
}

const portText = ({ root, index, invoke, path }: Port) => [`${root}${index}#${invoke}`, ...path].join('/');

const SDK = `
package: [sdk, "@scope/sdk"]
recipient: Vendor
types:
  Client: [new Client, createClient(), Client.with()]
  Request: [new Request, "Client.on(1..)->0", "Client.route(0).handlers[]->1"]
sinks:
  - { at: "Client.chat.create(0).messages[].content", kind: model.system, when: .role = system }
  - { at: "Client.old(0)", kind: model.prompt, majors: "<2", recipient: Elsewhere }
  - { at: "Client.fresh(0)", kind: model.prompt, majors: ">=2" }
  - { at: "new Client(0).key", kind: client.key }
sources:
  - { at: ["Client.chat.create().text", "Client.stream[]"], kind: completion, element: answer }
reads: [{ at: "Request.{body,env.<secret>}", kind: untrusted, element: "the {}" }]
writes: [{ at: "Request.html", kind: html }]
names: { Client: [sdk, "*Sdk"] }
`;

describe('modules', () => {
  const knowledge = know(SDK);
  const create = (state: ApiState) => knowledge.onCall(follow(knowledge, state, 'chat', 'create'));

  test.each([
    ['named export', ['sdk', 'Client', 'new']],
    ['default export', ['sdk', 'default', 'Client', 'new']],
    ['doubled interop', ['sdk', 'default', 'default', 'Client', 'new']],
    ['factory', ['sdk', 'createClient', '()']],
    ['instance of an instance', ['sdk', 'createClient', '()', 'with', '()', 'with', '()']],
    ['other package', ['@scope/sdk', 'Client', 'new']],
    ['file of the package', ['sdk/client.mjs', 'Client', 'new']],
    ['prefix of a registry', ['npm:sdk@4.1.0', 'Client', 'new']],
    ['address of a registry', ['https://esm.sh/sdk@4?dts', 'Client', 'new']],
  ])('%s', (_, [specifier, ...path]) => {
    expect(create(follow(knowledge, knowledge.module(specifier!, undefined), ...path))?.selector).toMatch(
      /^(@scope\/)?sdk#Client\.chat\.create$/,
    );
  });

  test.each(['other', './sdk', '/sdk', '#sdk', 'file:sdk', 'sdk-more'])('%s is not known', (specifier) => {
    expect(knowledge.module(specifier, undefined)).toBe(0);
  });

  test('nothing leads to nothing', () => {
    expect(follow(knowledge, 0, 'x', '()', 'new', '[]')).toBe(0);
    expect(knowledge.parameter(0, 0, [], 0)).toBe(0);
    expect(knowledge.hasParameters(0)).toBe(false);
    expect([knowledge.onCall(0), knowledge.onConstruct(0), knowledge.onRead(0), knowledge.onWrite(0)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(knowledge.global('sdk')).toBe(0);
  });
});

describe('models of calls', () => {
  const knowledge = know(SDK);
  const client = follow(knowledge, knowledge.module('sdk', undefined), 'Client', 'new');

  test('sinks, sources and sibling conditions', () => {
    const model = knowledge.onCall(follow(knowledge, client, 'chat', 'create'))!;
    expect(model.package).toBe('sdk');
    expect(model.closed).toBe(true);
    expect(model.sinks).toEqual([
      {
        port: { root: 'argument', index: 0, invoke: 0, path: ['messages', '[]', 'content'] },
        kind: 'model.system',
        recipient: 'Vendor',
        when: [
          {
            port: { root: 'argument', index: 0, invoke: 0, path: ['messages', '[]', 'role'] },
            test: 'in',
            values: ['system'],
            sibling: true,
          },
        ],
      },
    ]);
    expect(model.sources).toEqual([
      {
        port: { root: 'result', index: 0, invoke: 0, path: ['text'] },
        kind: 'completion',
        element: 'answer',
        when: [],
      },
    ]);
  });

  test('constructors are apart from calls', () => {
    const type = follow(knowledge, knowledge.module('sdk', undefined), 'Client');
    expect(knowledge.onConstruct(type)?.sinks.map((sink) => sink.kind)).toEqual(['client.key']);
    expect(knowledge.onConstruct(type)?.selector).toBe('sdk#new Client');
    expect(knowledge.onCall(type)).toBe(undefined);
  });

  test('the function that makes an instance is closed', () => {
    const factory = knowledge.onCall(follow(knowledge, knowledge.module('sdk', undefined), 'createClient'));
    expect(factory).toMatchObject({ closed: true, flows: [], sinks: [], sources: [] });
  });

  test.each([
    [1, ['Elsewhere'], []],
    [2, [], ['Vendor']],
    [undefined, ['Elsewhere'], ['Vendor']],
  ])('major %s', (major, old, fresh) => {
    const instance = follow(knowledge, knowledge.module('sdk', major), 'Client', 'new');
    const recipients = (name: string) =>
      (knowledge.onCall(knowledge.member(instance, name))?.sinks ?? []).map((sink) => sink.recipient);
    expect(recipients('old')).toEqual(old);
    expect(recipients('fresh')).toEqual(fresh);
  });

  test('what is said in several places is one model, in an order of its own', () => {
    const twice = know(
      'package: p\nflows: { f: ["(0)->() -> result", "this -> (0)->0"] }',
      'package: p\nsinks: [{ at: "f(1)", kind: log }]\nflows: { f: ["(0)->() -> result"] }\ncallbacks: ["f(2)"]\nopen: [f]',
    );
    const model = twice.onCall(follow(twice, twice.module('p', undefined), 'f'))!;
    expect(model.flows.map(({ from, to }) => `${portText(from)} ${portText(to)}`)).toEqual([
      'invoke-result0#0 result0#0',
      'receiver0#0 invoke-argument0#0',
    ]);
    expect(model.invokes.map(portText)).toEqual(['argument0#0', 'argument2#0']);
    expect(model.closed).toBe(false);
  });
});

describe('parameters', () => {
  const knowledge = know(SDK);
  const client = follow(knowledge, knowledge.module('sdk', undefined), 'Client', 'new');
  const on = knowledge.member(client, 'on');
  const route = knowledge.member(client, 'route');
  const request = follow(knowledge, knowledge.module('sdk', undefined), 'Request', 'new');

  test('are found by argument, path and place', () => {
    const isRequest = (state: ApiState) => knowledge.onRead(knowledge.member(state, 'body')) !== undefined;
    expect(isRequest(request)).toBe(true);
    expect([0, 1, 2, 7].map((argument) => isRequest(knowledge.parameter(on, argument, [], 0)))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(isRequest(knowledge.parameter(on, 1, [], 1))).toBe(false);
    expect(isRequest(knowledge.parameter(on, 1, ['x'], 0))).toBe(false);
    expect(isRequest(knowledge.parameter(route, 0, ['handlers', '[]'], 1))).toBe(true);
    expect([knowledge.hasParameters(on), knowledge.hasParameters(client)]).toEqual([true, false]);
  });

  test('their functions are called back', () => {
    expect(knowledge.onCall(on)?.invokes.map(portText)).toEqual(['arguments1#0']);
    expect(knowledge.onCall(route)?.invokes.map(portText)).toEqual(['argument0#0/handlers/[]']);
  });
});

describe('members', () => {
  const knowledge = know(SDK);
  const request = follow(knowledge, knowledge.module('sdk', undefined), 'Request', 'new');

  test('reads and writes', () => {
    const { selector, package: from, kind, element } = knowledge.onRead(knowledge.member(request, 'body'))!;
    expect([selector, from, kind, element]).toEqual(['sdk#Request.body', 'sdk', 'untrusted', 'the {}']);
    expect(knowledge.onWrite(knowledge.member(request, 'html'))?.kind).toBe('html');
    expect(knowledge.onWrite(knowledge.member(request, 'body'))).toBe(undefined);
  });

  test('by what the lexicon says of their names', () => {
    const read = (name: string) => knowledge.onRead(follow(knowledge, request, 'env', name))?.selector;
    expect(['API_KEY', 'publicKey', 'color', '*'].map(read)).toEqual([
      'sdk#Request.env.<secret>',
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('an index is an element, and an unknown name any known member', () => {
    const client = follow(knowledge, knowledge.module('sdk', undefined), 'Client', 'new');
    const stream = knowledge.member(client, 'stream');
    expect(knowledge.member(stream, '3')).toBe(knowledge.element(stream));
    expect(knowledge.member(stream, '[]')).toBe(knowledge.element(stream));
    expect(knowledge.onRead(knowledge.element(stream))?.kind).toBe('completion');
    expect(knowledge.onCall(knowledge.member(client, '*'))?.sinks.map((sink) => sink.recipient)).toEqual([
      'Vendor',
      'Elsewhere',
    ]);
  });
});

describe('names, methods, globals, shared aliases', () => {
  const knowledge = know(
    SDK,
    'globals: true\nmethods: [$List]\nflows: { "$List.map": ["this[] -> (0)->0"], "Own.f": [] }\nclosed: [box.open]\ntypes: { $List: [new List], Own: [own] }',
    'package: lists\ntypes: { $List: ["makeList()", "$List.rest()"] }',
    'names: { $List: ["list*"] }',
  );

  test('receivers known by name', () => {
    const known = (name: string) =>
      knowledge.onCall(follow(knowledge, knowledge.name(name), 'chat', 'create')) !== undefined;
    expect(['sdk', 'mySdk', 'Sdk', 'sdks', 'other'].filter(known)).toEqual(['sdk', 'mySdk', 'Sdk']);
  });

  test('methods known by name', () => {
    expect(knowledge.onCall(knowledge.method('map'))?.selector).toBe('List.map');
    expect(knowledge.method('other')).toBe(0);
  });

  test('an alias that all files share', () => {
    const map = (state: ApiState) => knowledge.onCall(knowledge.member(state, 'map'))?.selector;
    const made = follow(knowledge, knowledge.module('lists', undefined), 'makeList', '()');
    expect(map(made)).toBe('List.map');
    expect(map(follow(knowledge, made, 'rest', '()'))).toBe('List.map');
    expect(map(follow(knowledge, knowledge.global('List'), 'new'))).toBe('List.map');
    expect(map(knowledge.name('listOfUsers'))).toBe('List.map');
  });

  test('globals, also through the global object', () => {
    expect(knowledge.onCall(follow(knowledge, knowledge.global('box'), 'open'))?.closed).toBe(true);
    const roundabout = follow(knowledge, knowledge.global('globalThis'), 'window', 'self', 'global', 'box', 'open');
    expect(knowledge.onCall(roundabout)?.closed).toBe(true);
  });
});

test('entries', () => {
  const knowledge = know(
    `${SDK}
entries:
  - { name: route, files: "**/route.ts", exports: [GET], parameters: [{ type: Request }, { kind: untrusted.request }] }
  - { name: action, directive: use server }`,
  );
  const request = follow(knowledge, knowledge.module('sdk', undefined), 'Request', 'new');
  const bodyOf = (state: ApiState) => knowledge.onRead(knowledge.member(state, 'body'))?.selector;
  const [route, action] = knowledge.entries;
  expect(route).toMatchObject({
    selector: 'route',
    files: '**/route.ts',
    exports: ['GET'],
    kinds: [undefined, 'untrusted.request'],
  });
  expect(route!.parameters.map(bodyOf)).toEqual([bodyOf(request), undefined]);
  expect(action).toEqual({
    selector: 'action',
    files: '**',
    exports: ['*'],
    directive: 'use server',
    parameters: [],
    kinds: [],
  });
});

test('the answers do not depend on the order of questions', () => {
  const ask = (knowledge: Knowledge, order: readonly string[]) => {
    for (const name of order) knowledge.module(name, undefined);
    const state = follow(knowledge, knowledge.module('lists', undefined), 'both', '()', 'map');
    return knowledge.onCall(state);
  };
  const files = [
    'globals: true\nflows: { "$A.map": ["(0) -> result"] }',
    'package: other\ntypes: { $A: [new X] }',
    'package: lists\ntypes: { B: ["both()"], $A: ["both()"] }\nflows: { "B.map": ["(1) -> result"] }',
  ];
  expect(ask(know(...files), ['other', 'lists'])).toEqual(ask(know(...files), []));
});
