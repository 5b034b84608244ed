import { argumentsOf, code, expressionOf, member } from './sample-code.mjs';

/** What a model can say of a package: the columns of the table, in their order. */
export const COLUMNS = ['prompt', 'system', 'output', 'stream', 'tools', 'files', 'embeddings', 'telemetry'];
const SECRET = code('process.env.API_KEY');

/**
 * Programs for each column that the statements about a package speak of: `{ column, body, rule }`, the line that is reported ends in `@`.
 *
 * @param statements those that hold for the version at hand
 * @param aliases alias → selectors
 */
export function* cellsOf(statements, aliases) {
  for (const statement of statements) {
    if (statement.kind === 'read' && /^completion/.test(statement.reads)) yield* readCell(statement.value, aliases);
    if (statement.kind !== 'call') continue;
    const { sink, source } = statement.part;
    const callee = expressionOf(statement.function, aliases);
    if (!callee) continue;
    const call = (args) => `${statement.construct ? 'new ' : 'await '}${callee}(${args})`;
    if (sink) yield* sinkCell(sink, call);
    if (source) yield* sourceCell(source, call, statement.construct);
  }
}

function columnOf({ kind, port }) {
  if (/^telemetry/.test(kind)) return 'telemetry';
  if (kind === 'model.training' || (/^model/.test(kind) && /file/i.test(port.path.join('.')))) return 'files';
  if (kind === 'model.embedding') return 'embeddings';
  if (kind === 'model.system') return 'system';
  return kind === 'model.prompt' ? 'prompt' : undefined;
}

function* sinkCell(sink, call) {
  const column = columnOf(sink);
  if (!column || sink.port.callback) return;
  const args = argumentsOf(sink.port, SECRET, sink.when);
  const rule = column === 'telemetry' ? 'secret-to-telemetry' : 'secret-to-model';
  if (args !== undefined) yield { column, rule, body: [`${call(args)}; @`] };
}

function* sourceCell({ kind, port, when }, call, construct) {
  if (port.callback) {
    const column = kind === 'toolarg' ? 'tools' : /^completion/.test(kind) ? 'stream' : undefined;
    if (!column || port.callback.callback || port.root !== 'invoke-argument') return;
    const names = Array.from({ length: port.index + 1 }, (_, i) => `value${i}`);
    const received = `${names.at(-1)}${member(port.path)}`;
    const use = column === 'tools' ? `exec(${received}.command); @` : `console.log(${received}); @`;
    const args = argumentsOf(port.callback, code(`(${names.join(', ')}) => {\n    ${use}\n  }`), when);
    if (args !== undefined)
      yield { column, rule: column === 'tools' ? 'tool-shell-access' : 'completion-to-log', body: [`${call(args)};`] };
    return;
  }
  if (port.root !== 'result' || !/^completion/.test(kind) || construct) return;
  const args = argumentsOf(undefined, undefined, when) ?? '';
  const at = port.path.indexOf('[]');
  if (at === 0 || /Stream|stream/.test(port.path[0] ?? '')) {
    const before = at < 0 ? port.path : port.path.slice(0, at);
    const after = at < 0 ? [] : port.path.slice(at + 1);
    yield {
      column: 'stream',
      rule: 'completion-to-log',
      body: [
        `const result = ${call(args || '{}')};`,
        `for await (const part of result${member(before)}) console.log(part${member(after)}); @`,
      ],
    };
  } else
    yield {
      column: 'output',
      rule: 'completion-to-log',
      body: [`const result = ${call(args || '{}')};`, `console.log(result${member(port.path)}); @`],
    };
}

function* readCell(selector, aliases) {
  const at = selector.steps.findIndex(({ kind }) => kind === 'element');
  const cut = at < 0 ? selector.steps.length - 1 : at;
  const base = expressionOf({ ...selector, steps: selector.steps.slice(0, cut) }, aliases);
  const rest = selector.steps.slice(at < 0 ? cut : cut + 1);
  if (!base || rest.some(({ kind }) => kind !== 'member' && kind !== 'element')) return;
  const path = member(rest.map(({ kind, name }) => (kind === 'element' ? '[]' : name)));
  if (at < 0) yield { column: 'output', rule: 'completion-to-log', body: [`console.log(${base}${path}); @`] };
  else
    yield {
      column: 'stream',
      rule: 'completion-to-log',
      body: [`for await (const part of ${base}) console.log(part${path}); @`],
    };
}
