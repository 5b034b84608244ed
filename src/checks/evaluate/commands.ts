import type { CommandSource } from '../check.js';
import { commandsAt, commandsOf } from '../command/command-line.js';
import { type Launch, readLaunch } from '../command/launch.js';
import { matchCommand } from '../command/match-command.js';
import { type Locate, splitCommands, type Word } from '../command/words.js';
import { applies, type FileContext } from '../file-context.js';
import type { Hit } from '../hit.js';
import { itemsOf, type Node, type ScalarNode, spanWithin, textOf } from '../tree.js';
import { find, printPath } from '../tree-path.js';

interface PlacedLaunch {
  readonly launch: Launch;
  /** Key path of the setting that holds it; '' for a script. */
  readonly element: string;
}

/** All command checks on the command lines of one file. */
export function checkCommands(context: FileContext): Hit[] {
  const sources = context.checks.commandSources.filter((source) => applies(source, context));
  if (sources.length === 0) return [];
  // Most files hold none of the words that a check asks for: they are not even split.
  const before = new Set(sources.flatMap((source) => source.before));
  const isThere = (word: string) => before.has(word) || context.text.includes(word);
  const checks = context.checks.commands.filter(({ flags, programs }) =>
    (flags.length > 0 ? flags : programs).some((word) => isThere(word.split(' ')[0]!)),
  );
  if (checks.length === 0) return [];
  return commandLines(context, sources).flatMap(({ launch, element }) => {
    return checks.flatMap((check): Hit[] => {
      const match = matchCommand(launch, check, context.checks.speakers);
      if (!match) return [];
      const { word, entry } = match;
      // Flags of one command line that switch the same thing are one decision.
      const decision = `command ${launch.words[0]!.locate().start} ${element}`;
      const values = { text: word.text, value: entry, name: launch.program, path: element, key: '' };
      const name = `${element} ${launch.program} ${entry}`.trim();
      return [{ check, span: word.locate(), element: name, values, decision, related: [] }];
    });
  });
}

/** Every command line of the file, wherever the sources say that they stand. */
export function commandLines(context: FileContext, sources: readonly CommandSource[]): PlacedLaunch[] {
  const { text, checks, limits } = context;
  const lines: PlacedLaunch[] = [];
  const seen = new Set<unknown>();
  for (const source of sources) {
    if (source.at.length === 0) {
      const locate: Locate = (offset, length) => ({ start: offset, end: offset + length });
      const launches = commandsOf(text, locate, checks, limits.commandWords);
      lines.push(...launches.map((launch) => ({ launch, element: '' })));
      continue;
    }
    const root = context.tree();
    for (const { node, path } of root ? source.at.flatMap((pattern) => find(root, pattern)) : []) {
      if (seen.has(node)) continue;
      seen.add(node);
      const launches = launchesAt(node, source, context);
      lines.push(...launches.map((launch) => ({ launch, element: printPath(path) })));
    }
  }
  return lines;
}

function launchesAt(node: Node, source: CommandSource, context: FileContext): Launch[] {
  const { text, checks, limits } = context;
  if (source.as === 'literals' && node.kind === 'scalar') return literalCommands(node, context);
  if (source.before.length === 0) return commandsAt(node, text, checks, limits.commandWords);
  const before = source.before.map((word): Word => ({ text: word, locate: () => node.span }));
  return [readLaunch([...before, ...argumentsAt(node, source, context)])];
}

/** The words of a text, or of a list, that holds only the arguments of a program. */
function argumentsAt(node: Node, source: CommandSource, { text, limits }: FileContext): Word[] {
  if (node.kind === 'sequence' || source.as === 'word') {
    return itemsOf(node).flatMap((item) => {
      const value = textOf(item);
      return value === undefined ? [] : [{ text: value, locate: () => item.span }];
    });
  }
  if (node.kind !== 'scalar') return [];
  // Arguments may be spread over lines.
  const locate: Locate = (offset, length) => spanWithin(text, node, offset, length);
  return splitCommands(String(node.value).replace(/[\n;&|]/g, ' '), locate, limits.commandWords).flat();
}

/** The pieces between quotes of program text, line by line: a command line within a literal is one or more of them. */
function literalCommands(node: ScalarNode, context: FileContext): Launch[] {
  const { text, checks, limits } = context;
  return [...String(node.value).matchAll(/[^\n'"`\\]+/g)].flatMap((piece) => {
    const locate: Locate = (offset, length) => spanWithin(text, node, piece.index + offset, length);
    return commandsOf(piece[0], locate, checks, limits.commandWords);
  });
}
