/** What a program hands to models, as a table for people: `spillcheck tools`. */
import type { Approval, Control, ToolReport } from '../core/tool.js';
import type { ReportContext } from './context.js';
import { printable } from './printable.js';
import { SourceTexts } from './source-texts.js';
import { textWidth } from './width.js';
import { count } from './words.js';
import { wrap } from './wrap.js';

const HEADS = ['name', 'where', 'the model fills in', 'can do', 'decided by', 'approval'] as const;
/** Columns that are wrapped, with their greatest share of the page in percent. */
const SHARES = [22, 24, 18, 0, 0, 0] as const;
const GAP = 2;

const DECIDED_BY: Readonly<Record<Control, string>> = {
  model: 'the model, freely',
  confined: 'the model, confined',
  code: 'the code',
};

const APPROVAL: Readonly<Record<Approval, string>> = { asked: 'asked', host: 'by the client', none: 'none' };

/** Each cell is a list of lines; `can do` and `decided by` run side by side. */
type Row = readonly (readonly string[])[];

/** Agents and servers come first, each with the number of its tools; then every tool. */
export function toolsTable(
  tools: readonly ToolReport[],
  context: Pick<ReportContext, 'texts' | 'findSecrets'>,
  width: number,
): string {
  const sources = new SourceTexts(context, []);
  const text = (value: string): string => printable(sources.mask(value));
  const holders = tools.filter(({ kind }) => kind !== 'tool');
  const members = tools.filter(({ kind }) => kind === 'tool');
  const blocks: string[] = [];
  for (const [title, list] of [
    ['Agents and servers', holders],
    ['Tools', members],
  ] as const) {
    if (list.length === 0) continue;
    const rows = list.map((tool) => toRow(tool, sources, text));
    blocks.push(`${title}\n\n${layOut(rows, width)}`);
  }
  const sum = `${count(members.length, 'tool', 'tools')}, ${count(holders.length, 'agent or server', 'agents and servers')}`;
  return `${[...blocks, sum].join('\n')}\n`;
}

function toRow(tool: ToolReport, sources: SourceTexts, text: (value: string) => string): Row {
  const name = tool.name === '' ? '(computed)' : tool.name;
  const filled = tool.kind === 'tool' ? tool.arguments.join(', ') : count(tool.tools.length, 'tool', 'tools');
  return [
    [text(`${name} (${tool.framework})`)],
    [text(sources.place(tool.location))],
    [text(filled === '' ? 'nothing' : filled)],
    tool.capabilities.length > 0 ? tool.capabilities.map(({ kind }) => kind) : ['nothing of note'],
    tool.capabilities.map(({ control }) => DECIDED_BY[control]),
    [APPROVAL[tool.approval], ...tool.annotations.map(text)],
  ];
}

function layOut(rows: readonly Row[], width: number): string {
  const wrapped = rows.map((row) => row.map((lines, i) => wrapCell(lines, SHARES[i]!, width)));
  const widths = HEADS.map((head, i) => Math.max(textWidth(head), ...wrapped.flatMap((row) => row[i]!.map(textWidth))));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell + ' '.repeat(widths[i]! - textWidth(cell) + GAP))
      .join('')
      .trimEnd();
  const result = [line(HEADS), line(widths.map((each) => '─'.repeat(each)))];
  for (const row of wrapped) {
    const height = Math.max(...row.map((lines) => lines.length));
    for (let i = 0; i < height; i++) result.push(line(row.map((lines) => lines[i] ?? '')));
  }
  return `${result.join('\n')}\n`;
}

/** Words that are too long for a cell are cut at its edge: paths have no blanks. */
function wrapCell(lines: readonly string[], share: number, width: number): readonly string[] {
  if (share === 0) return lines;
  const room = Math.max(16, Math.floor((width * share) / 100));
  return lines.flatMap((line) => wrap(line, room).flatMap((each) => chop(each, room)));
}

function chop(line: string, room: number): string[] {
  const result: string[] = [];
  let rest = [...line];
  while (rest.length > room) {
    result.push(rest.slice(0, room).join(''));
    rest = rest.slice(room);
  }
  return [...result, rest.join('')];
}
