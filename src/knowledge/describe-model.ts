import { matchesGlob } from '../core/literal-glob.js';
import type { OpenCondition } from './condition.js';
import type { Majors } from './majors.js';
import type { CallPart, Statement } from './model-data.js';
import type { ModelFile } from './model-file.js';
import { describeSelector } from './scope.js';
import type { OpenPort } from './selector.js';

/**
 * What the models say of an interface, for people: for each function or member that `pattern` matches, the file that speaks of it, what is said, and
 * what its aliases stand for.
 *
 * @param pattern `package#selector`, as findings and `explain` print it; `*` and `…` stand for anything, and a package alone for all of it
 * @returns one block of lines for each selector, in the order of files and statements; empty where no model speaks of it
 */
export function describeModels(files: readonly ModelFile[], pattern: string): string[] {
  const wanted = pattern.includes('#') ? pattern.replaceAll('…', '*') : `${pattern}#*`;
  const blocks: string[] = [];
  for (const file of files) {
    const packages = file.packages.length === 0 ? [''] : file.packages;
    for (const name of packages) {
      const found = new Map<string, string[]>();
      for (const statement of file.statements) {
        const selector = statement.kind === 'call' ? statement.function : statement.value;
        if (statement.kind === 'type') continue;
        const isNew = statement.kind === 'call' && statement.construct && !selector.exported ? 'new ' : '';
        const title = `${name}#${isNew}${describeSelector(selector)}`;
        if (!matchesGlob(wanted, title) && !matchesGlob(wanted, title.slice(1))) continue;
        const said = statementLines(statement);
        if (said.length === 0) continue;
        const lines = found.get(title) ?? [];
        for (const line of said) if (!lines.includes(line)) lines.push(line);
        found.set(title, lines);
      }
      for (const [title, lines] of found)
        blocks.push([`${title}   (${file.file})`, ...aliasLines(file, title), ...lines].join('\n  '));
    }
  }
  return blocks;
}

/** What the alias at the root of a selector stands for. */
function aliasLines(file: ModelFile, title: string): string[] {
  const root = /#(?:new )?([\w$]+)/.exec(title)?.[1] ?? '';
  const values = file.statements.flatMap((statement) =>
    statement.kind === 'type' && statement.alias.replace(/^\$/, '') === root
      ? [`${describeSelector(statement.value)}${describeMajors(statement.majors)}`]
      : [],
  );
  const names = file.names.filter(([alias]) => alias.replace(/^\$/, '') === root).flatMap(([, patterns]) => patterns);
  return [
    ...(values.length > 0 ? [`${root} is ${values.join(', ')}`] : []),
    ...(names.length > 0 ? [`or a receiver named ${names.join(', ')}`] : []),
  ];
}

function statementLines(statement: Exclude<Statement, { kind: 'type' }>): string[] {
  const majors = describeMajors(statement.majors);
  switch (statement.kind) {
    case 'read':
      return [`source   ${statement.reads}   when it is read${majors}`];
    case 'write':
      return [`sink     ${statement.writes}   when it is written${majors}`];
    default:
      return partLines(statement.part).map((line) => `${line}${majors}`);
  }
}

function partLines({ sink, source, flow, guard, setting, tool, invoke }: CallPart): string[] {
  const lines: string[] = [];
  if (sink) lines.push(`sink     ${sink.kind}   ${describePort(sink.port)}${describeWhen(sink.when)}`);
  if (source) lines.push(`source   ${source.kind}   ${describePort(source.port)}${describeWhen(source.when)}`);
  if (flow)
    lines.push(
      `flow     ${describePort(flow.from)} ${flow.mode === 'value' ? '->' : '~>'} ${describePort(flow.to)}${flow.clears ? ', cleaned' : ''}${describeWhen(flow.when)}`,
    );
  if (guard) lines.push(`guard    checks ${describePort(guard.port)}`);
  if (setting) lines.push(`setting  ${setting.rule}${describeWhen(setting.when)}`);
  if (tool) lines.push(`tool     ${tool.framework}`);
  if (invoke) lines.push(`calls    ${describePort(invoke)}`);
  return lines;
}

/** A port as model files write it. */
function describePort({ root, index, path, callback }: OpenPort): string {
  const below = path.map((key) => (key === '[]' ? key : `.${key}`)).join('');
  if (callback) return `${describePort(callback)}->${root === 'invoke-result' ? '()' : index}${below}`;
  if (root === 'argument') return `(${index})${below}`;
  if (root === 'arguments') return `(${index}..)${below}`;
  return `${root === 'receiver' ? 'this' : root}${below}`;
}

function describeWhen(when: readonly OpenCondition[]): string {
  if (when.length === 0) return '';
  const conditions = when.map(({ port, test, values, sibling }) => {
    const at = sibling ? `.${port.path.join('.')}` : describePort(port);
    const list = values.length > 3 ? `[${values.slice(0, 3).join(', ')}, …]` : values.join(', ');
    return `${at} ${test.replaceAll('-', ' ')}${list ? ` ${list}` : ''}`;
  });
  return `   when ${conditions.join(' and ')}`;
}

function describeMajors(majors: Majors | undefined): string {
  if (!majors) return '';
  const ranges = majors.map(([low, high]) => {
    if (high === Number.MAX_SAFE_INTEGER) return `from ${low}`;
    return low === high ? `${low}` : `${low} to ${high}`;
  });
  return ` (major ${ranges.join(', ')})`;
}
