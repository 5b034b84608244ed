import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ApiState } from '../../src/core/knowledge.js';
import type { CallModel, Port } from '../../src/core/port.js';
import { loadKnowledge } from '../../src/knowledge/load.js';
import { parseModelFile } from '../../src/knowledge/model-file.js';

const RULES = join(import.meta.dirname, '../../rules');
const knowledge = loadKnowledge(RULES, [], '/dev/null');

const MODELS = readdirSync(join(RULES, 'models'), { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.yaml'))
  .sort();

/** 'shared' is no kind of data: such a member is one place for the whole program. */
const SOURCE_KINDS = [
  'secret',
  'exposed',
  'personal',
  'prompt',
  'completion',
  'untrusted',
  'record',
  'toolarg',
  'shared',
];
const SINK_KINDS = [
  'model.prompt',
  'model.system',
  'model.embedding',
  'model.training',
  'model.moderation',
  'model.query',
  'model.tool-result',
  'client.key',
  'client.browser-key',
  'log',
  'telemetry',
  'storage',
  'shell',
  'code',
  'sql',
  'html',
  'path',
  'url',
  'response',
  'browser',
  'effect',
];

describe('each model file', () => {
  test.each(MODELS)('%s parses, says something, and uses the known kinds', (name) => {
    const file = parseModelFile(name, readFileSync(join(RULES, 'models', name), 'utf8'));
    expect(file.statements.length + file.entries.length).toBeGreaterThan(0);
    const sources: string[] = file.entries.flatMap((entry) => entry.parameters.flatMap(({ kind }) => kind ?? []));
    const sinks: string[] = [];
    for (const statement of file.statements) {
      if (statement.kind === 'read') sources.push(statement.reads);
      if (statement.kind === 'write') sinks.push(statement.writes);
      if (statement.kind === 'call' && statement.part.source) sources.push(statement.part.source.kind);
      if (statement.kind === 'call' && statement.part.sink) sinks.push(statement.part.sink.kind);
    }
    expect(sources.filter((kind) => !SOURCE_KINDS.includes(kind.split('.')[0]!))).toEqual([]);
    expect(sinks.filter((kind) => !SINK_KINDS.includes(kind) && !SINK_KINDS.includes(kind.split('.')[0]!))).toEqual([]);
  });

  test('aliases that are spoken of have instances, names or methods', () => {
    const defined = new Set(knowledge.data.models.flatMap((file) => file.aliases));
    const roots = knowledge.data.models.flatMap((file) =>
      file.statements.map((statement) => (statement.kind === 'call' ? statement.function : statement.value).root),
    );
    const unknown = new Set(roots.filter((root) => /^\$[A-Z]/.test(root) && !defined.has(root)));
    // Parameters of entries, given by the entry itself.
    expect([...unknown].sort()).toEqual(['$LambdaEvent', '$NextContext']);
  });

  test('a package is described in one place, but for a few', () => {
    const folders = new Map<string, Set<string>>();
    for (const file of knowledge.data.models) {
      for (const name of file.packages) folders.set(name, (folders.get(name) ?? new Set()).add(file.file));
    }
    const several = [...folders].filter(([, files]) => files.size > 1).map(([name]) => name);
    expect(several.sort()).toEqual(SHARED_PACKAGES);
  });
});

/**
 * Packages that are two things at once: server and schema, framework and logger, function and object; stores, of which a file of its own tells
 * what deletes; LangChain, whose ready tools have one; Stagehand, a model and a page; Stripe, what is paid and who pays; libraries of functions, which make one of
 * several in one way or the other.
 */
const SHARED_PACKAGES: readonly string[] = [
  '@/generated/prisma',
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-s3',
  '@browserbasehq/stagehand',
  '@hono/zod-openapi',
  '@langchain/classic',
  '@langchain/community',
  '@nestjs/common',
  '@nestjs/typeorm',
  '@prisma/client',
  '@prisma/client/edge',
  'astro',
  'effect',
  'fancy-log',
  'firebase/auth',
  'langchain',
  'mongodb',
  'mongoose',
  'ramda',
  'remeda',
  'stripe',
  'typeorm',
];

function state(start: ApiState, ...path: readonly string[]): ApiState {
  return path.reduce((at, step) => {
    if (step === '()') return knowledge.call(at);
    if (step === 'new') return knowledge.construct(at);
    if (step === '[]') return knowledge.element(at);
    return knowledge.member(at, step);
  }, start);
}

const of = (specifier: string, major: number | undefined, ...path: readonly string[]) =>
  state(knowledge.module(specifier, major), ...path);

function portText(model: CallModel, { root, index, invoke, path }: Port): string {
  const below = path.map((name) => (name === '[]' ? '[]' : `.${name}`)).join('');
  if (root === 'argument') return `(${index})${below}`;
  if (root === 'arguments') return `(${index}..)${below}`;
  if (root === 'invoke-argument') return `${portText(model, model.invokes[invoke]!)}->${index}${below}`;
  if (root === 'invoke-result') return `${portText(model, model.invokes[invoke]!)}->()${below}`;
  return `${root === 'receiver' ? 'this' : root}${below}`;
}

const sinks = (model: CallModel | undefined) =>
  (model?.sinks ?? []).map((sink) => `${sink.kind} ${portText(model!, sink.port)}`).sort();
const sources = (model: CallModel | undefined) =>
  (model?.sources ?? []).map((source) => `${source.kind} ${portText(model!, source.port)}`).sort();
const flows = (model: CallModel | undefined) =>
  (model?.flows ?? []).map(
    (flow) => `${portText(model!, flow.from)} ${flow.mode === 'value' ? '->' : '~>'} ${portText(model!, flow.to)}`,
  );

describe('openai', () => {
  test.each([4, 5, 6, 7, undefined])('major %s: chat completions', (major) => {
    const model = knowledge.onCall(of('openai', major, 'default', 'new', 'chat', 'completions', 'create'));
    expect(model?.selector).toBe('openai#Client.chat.completions.create');
    expect(sinks(model)).toEqual([
      'model.prompt (0).messages[].content',
      'model.prompt (0).messages[].tool_calls',
      'model.prompt (0).prediction.content',
      'model.system (0).functions[]',
      'model.system (0).messages[].content',
      'model.system (0).tools[]',
    ]);
    expect(sources(model)).toContain('completion result.choices[].message.content');
    expect(sources(model)).toContain('completion result[].choices[].delta');
  });

  test('major 3 has its own class', () => {
    const create = (major: number) => knowledge.onCall(of('openai', major, 'OpenAIApi', 'new', 'createChatCompletion'));
    expect(sinks(create(3))).toEqual(['model.prompt (0).messages[].content', 'model.system (0).messages[].content']);
    expect(sources(create(3))).toEqual(['completion result.data.choices[].message']);
    expect(create(4)).toBe(undefined);
  });

  test('responses, and the decisions of major 7', () => {
    expect(sinks(knowledge.onCall(of('openai', 5, 'OpenAI', 'new', 'responses', 'create')))).toEqual([
      'model.prompt (0).input',
      'model.prompt (0).input[].output',
      'model.prompt (0).prompt.variables',
      'model.system (0).input[].content',
      'model.system (0).instructions',
    ]);
    const decisions = (major: number) =>
      sinks(knowledge.onCall(of('openai', major, 'OpenAI', 'new', 'decisions', 'create')));
    expect(decisions(7)).toEqual(['model.prompt (0).input', 'model.prompt (0).questions']);
    expect(decisions(6)).toEqual([]);
  });
});

describe('other model clients', () => {
  test('Anthropic', () => {
    const model = knowledge.onCall(of('@anthropic-ai/sdk', 1, 'default', 'new', 'messages', 'create'));
    expect(sinks(model)).toEqual([
      'model.prompt (0).messages[].content',
      'model.system (0).messages[].content',
      'model.system (0).system',
      'model.system (0).tools[].description',
    ]);
    expect(sources(model)).toContain('completion result.content');
  });

  test('the AI SDK: instructions since 7, streams of text, tools', () => {
    const model = (major: number) => knowledge.onCall(of('ai', major, 'streamText'));
    expect(sinks(model(4))).not.toContain('model.system (0).instructions');
    expect(sinks(model(6))).not.toContain('model.system (0).instructions');
    expect(sinks(model(7))).toContain('model.system (0).instructions');
    for (const major of [3, 4, 6, 7]) {
      expect(sinks(model(major))).toContain('model.system (0).system');
      expect(sources(model(major))).toContain('completion result.textStream[]');
      expect(sources(model(major))).toContain('toolarg (0).tools.*.execute->0');
    }
    expect(sources(model(7))).toContain('completion result.stream[]');
    expect(sources(knowledge.onCall(of('ai', 6, 'tool')))).toEqual(['toolarg (0).execute->0']);
  });

  test('Gemini, old and new', () => {
    const fresh = knowledge.onCall(of('@google/genai', 1, 'GoogleGenAI', 'new', 'models', 'generateContent'));
    expect(sinks(fresh)).toEqual(['model.prompt (0).contents', 'model.system (0).config.systemInstruction']);
    const model = of('@google/generative-ai', 0, 'GoogleGenerativeAI', 'new', 'getGenerativeModel', '()');
    expect(sinks(knowledge.onCall(state(model, 'generateContent')))).toContain('model.prompt (0)');
    expect(sources(knowledge.onCall(state(model, 'generateContent', '()', 'response', 'text')))).toEqual([
      'completion result',
    ]);
  });

  test('LangChain, from any of its packages', () => {
    for (const [specifier, name] of [
      ['@langchain/openai', 'ChatOpenAI'],
      ['@langchain/anthropic', 'ChatAnthropic'],
    ] as const) {
      const chat = of(specifier, undefined, name, 'new');
      expect(sinks(knowledge.onCall(state(chat, 'invoke')))).toContain('model.prompt (0)');
      expect(sources(knowledge.onCall(state(chat, 'invoke')))).toContain('completion result.content');
      expect(sources(knowledge.onCall(state(chat, 'withStructuredOutput', '()', 'invoke')))).toEqual([
        'completion result',
      ]);
    }
    expect(sources(knowledge.onCall(of('@langchain/core/tools', undefined, 'tool')))).toEqual(['toolarg (0)->0']);
  });

  test('MCP handlers', () => {
    const server = of('@modelcontextprotocol/sdk/server/mcp.js', 1, 'McpServer', 'new');
    expect(sources(knowledge.onCall(state(server, 'registerTool')))).toEqual(['toolarg (2)->0']);
    expect(sources(knowledge.onCall(state(server, 'tool')))).toEqual(['toolarg (1..)->0']);
    expect(sources(knowledge.onCall(state(server, 'setRequestHandler')))).toContain('toolarg (1)->0.params.arguments');
  });

  test('provider hosts through fetch and axios', () => {
    const model = knowledge.onCall(knowledge.global('fetch'))!;
    const system = model.sinks.find((sink) => sink.port.path.includes('systemInstruction'))!;
    expect(system.when.map((each) => each.test)).toEqual(['matches']);
    expect(system.when[0]!.values).toContain('https://api.openai.com/*');
    expect(sinks(model)).toContain('url (0)');
    expect(sinks(knowledge.onCall(of('node-fetch', 3, 'default')))).toContain('model.prompt (1).body.prompt');
    expect(sinks(knowledge.onCall(of('axios', 1, 'default', 'post')))).toContain('model.prompt (1).messages[].content');
    expect(sinks(knowledge.onCall(of('axios', 1, 'default', 'create', '()', 'post')))).toContain('url (0)');
  });
});

describe('places where data arrives', () => {
  test.each([
    ['console.log', state(knowledge.global('console'), 'log'), ['log.console (0..)']],
    ['winston', of('winston', 3, 'createLogger', '()', 'info'), ['log (0..)']],
    ['pino child', of('pino', 9, 'default', '()', 'child', '()', 'error'), ['log (0..)']],
    ['NestJS', of('@nestjs/common', 10, 'Logger', 'new', 'warn'), ['log (0..)']],
    ['by name', state(knowledge.name('requestLogger'), 'info'), ['log (0..)']],
    ['debug', of('debug', 4, 'default', '()'), ['log (0..)']],
    ['exec', of('child_process', undefined, 'exec'), ['shell (0)']],
    ['eval', knowledge.global('eval'), ['code (0)']],
    ['Sentry', of('@sentry/nextjs', 8, 'setUser'), ['telemetry.sentry (0)']],
    [
      'span',
      of('@opentelemetry/api', 1, 'trace', 'getTracer', '()', 'startSpan', '()', 'setAttribute'),
      ['telemetry.opentelemetry (1)'],
    ],
    ['PostHog', of('posthog-node', 4, 'PostHog', 'new', 'capture'), ['telemetry.analytics (0..)']],
    ['raw SQL', of('@prisma/client', 5, 'PrismaClient', 'new', '$queryRawUnsafe'), ['sql (0)']],
    ['pg', of('pg', 8, 'Pool', 'new', 'query'), ['sql (0)', 'sql (0).sql', 'sql (0).text', 'storage.database (1)']],
    ['JSX', state(knowledge.global('jsx'), 'div'), ['html (0).dangerouslySetInnerHTML.__html']],
    ['file', of('node:fs/promises', undefined, 'writeFile'), ['path (0)', 'storage.file (1)']],
    ['namespace in fs', of('fs', undefined, 'promises', 'writeFile'), ['path (0)', 'storage.file (1)']],
  ])('%s', (_, at, expected) => {
    expect(sinks(knowledge.onCall(at))).toEqual(expected);
  });

  test('arguments of a program count where a shell reads them', () => {
    const model = knowledge.onCall(of('child_process', undefined, 'spawn'))!;
    expect(
      model.sinks.map(
        (sink) =>
          `${portText(model, sink.port)} ${sink.when.map((each) => `${portText(model, each.port)} ${each.test}`)}`,
      ),
    ).toEqual(['(0) ', '(1) (2).shell in', '(1) (2).shell in', '(1) (0) in']);
  });

  test('writing HTML, on an element or on anything', () => {
    expect(knowledge.onWrite(knowledge.method('innerHTML'))?.kind).toBe('html');
    expect(knowledge.onWrite(state(knowledge.global('document'), 'cookie'))?.kind).toBe('storage.browser');
  });
});

describe('places where data comes from', () => {
  const read = (at: ApiState) => {
    const model = knowledge.onRead(at);
    return model && `${model.kind} ${model.selector}`;
  };
  const app = of('express', 4, 'default', '()');
  const request = knowledge.parameter(state(app, 'post'), 1, [], 0);

  test.each([
    ['process.env', state(knowledge.global('process'), 'env', 'OPENAI_API_KEY'), 'secret.env Process.env.<secret>'],
    ['node:process', of('node:process', undefined, 'env', 'DATABASE_URL'), 'secret.env Process.env.<secret>'],
    [
      'public key',
      state(knowledge.global('process'), 'env', 'NEXT_PUBLIC_OPENAI_API_KEY'),
      'exposed.env Process.env.<exposed>',
    ],
    ['no secret', state(knowledge.global('process'), 'env', 'NODE_ENV'), undefined],
    ['publishable', state(knowledge.global('process'), 'env', 'NEXT_PUBLIC_SUPABASE_ANON_KEY'), undefined],
    ['express handler', state(request, 'body'), 'untrusted.request ExpressRequest.body'],
    [
      'express router',
      state(knowledge.parameter(of('express', 5, 'Router', '()', 'use'), 0, [], 0), 'query'),
      'untrusted.request ExpressRequest.query',
    ],
    [
      'express annotation',
      state(of('express', 5, 'Request', 'new'), 'params'),
      'untrusted.request ExpressRequest.params',
    ],
    [
      'next API annotation',
      state(of('next', 14, 'NextApiRequest', 'new'), 'body'),
      'untrusted.request ExpressRequest.body',
    ],
    [
      'koa',
      state(knowledge.parameter(of('koa', 2, 'default', 'new', 'use'), 0, [], 0), 'request', 'body'),
      'untrusted.request koa#Context.request.body',
    ],
  ])('%s', (_, at, expected) => {
    expect(read(at)).toBe(expected);
  });

  test('web requests', () => {
    expect(sources(knowledge.onCall(state(of('next/server', 14, 'NextRequest', 'new'), 'json')))).toEqual([
      'untrusted.request result',
    ]);
    expect(sources(knowledge.onCall(state(knowledge.global('Request'), 'new', 'text')))).toEqual([
      'untrusted.request result',
    ]);
  });

  test('rows of a database', () => {
    expect(sources(knowledge.onCall(of('@prisma/client', 5, 'PrismaClient', 'new', 'user', 'findMany')))).toEqual([
      'record result',
    ]);
    expect(sources(knowledge.onCall(of('mongoose', 8, 'model', '()', 'findOne')))).toContain('record result');
  });

  test('what Next.js calls', () => {
    const route = knowledge.entries.find((entry) => entry.selector === 'app route')!;
    expect(route.exports).toEqual(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']);
    expect(sources(knowledge.onCall(state(route.parameters[0]!, 'json')))).toEqual(['untrusted.request result']);
    expect(read(state(route.parameters[1]!, 'params'))).toBe('untrusted.request NextContext.params');
    expect(knowledge.entries.find((entry) => entry.directive === 'use server')?.kinds).toEqual(
      Array(6).fill('untrusted.request'),
    );
  });
});

describe('how data passes', () => {
  test.each([
    ['map', knowledge.method('map'), ['this[] -> (0)->0', 'this -> (0)->2', '(0)->() -> result[]']],
    ['push', knowledge.method('push'), ['(0..) -> this[]']],
    ['trim', knowledge.method('trim'), ['this ~> result']],
    ['JSON.parse', state(knowledge.global('JSON'), 'parse'), ['(0) -> result']],
    ['Map.get', state(knowledge.global('Map'), 'new', 'get'), ['this.%values.%(0) -> result']],
    ['Set.add', state(knowledge.global('Set'), 'new', 'add'), ['(0) -> this[]', 'this -> result']],
    [
      'useState',
      of('react', 18, 'useState'),
      ['(0) -> state', '(0)->() -> state', 'state -> result.0', 'result.1->0 -> state'],
    ],
    [
      'Promise.all',
      state(knowledge.global('Promise'), 'all'),
      ['(0) -> result', '(0)[].%rejected -> result.%rejected'],
    ],
    ['path.join', of('path', undefined, 'join'), ['(0..) ~> result']],
  ])('%s', (_, at, expected) => {
    expect(flows(knowledge.onCall(at))).toEqual(expected);
  });

  test('a new promise is what its function resolves', () => {
    expect(flows(knowledge.onConstruct(knowledge.global('Promise')))).toEqual([
      '(0)->0->0 -> result',
      '(0)->1->0 -> result.%rejected',
      '(0)->().%thrown -> result.%rejected',
    ]);
  });

  test('a hash tells nothing', () => {
    const hash = of('crypto', undefined, 'createHash', '()');
    expect(knowledge.onCall(state(hash, 'update', '()', 'digest'))).toMatchObject({ flows: [], closed: true });
  });
});
