import { commandsAt, commandsOf } from '../command/command-line.js';
import type { Launch } from '../command/launch.js';
import { matchCommand } from '../command/match-command.js';
import type { Locate } from '../command/words.js';
import { applies, type FileContext } from '../file-context.js';
import type { Hit } from '../hit.js';
import { type ScalarNode, spanWithin } from '../tree.js';
import { find, printPath } from '../tree-path.js';

interface PlacedLaunch {
  readonly launch: Launch;
  /** Key path of the setting that holds it; '' for a script. */
  readonly element: string;
}

/** All command checks on the command lines of one file. */
export function checkCommands(context: FileContext): Hit[] {
  // Most files hold none of the words that a check asks for: they are not even split.
  const checks = context.checks.commands.filter(({ flags, programs }) =>
    (flags.length > 0 ? flags : programs).some((word) => context.text.includes(word.split(' ')[0]!)),
  );
  if (checks.length === 0) return [];
  return commandLines(context).flatMap(({ launch, element }) => {
    // Flags of one command line that switch the same thing are one decision.
    const decision = `command ${launch.words[0]!.locate().start} ${element}`;
    return checks.flatMap((check): Hit[] => {
      const word = matchCommand(launch, check, context.checks.speakers);
      if (!word) return [];
      const values = { text: word.text, value: word.text, name: launch.program, path: element, key: '' };
      const name = `${element} ${launch.program} ${word.text}`.trim();
      return [{ check, span: word.locate(), element: name, values, decision, related: [] }];
    });
  });
}

/** Every command line of the file, wherever the sources say that they stand. */
export function commandLines(context: FileContext): PlacedLaunch[] {
  const { text, checks, limits } = context;
  const lines: PlacedLaunch[] = [];
  const seen = new Set<unknown>();
  for (const source of checks.commandSources) {
    if (!applies(source, context)) continue;
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
      const launches =
        source.as === 'literals' && node.kind === 'scalar'
          ? literalCommands(node, context)
          : commandsAt(node, text, checks, limits.commandWords);
      lines.push(...launches.map((launch) => ({ launch, element: printPath(path) })));
    }
  }
  return lines;
}

/** The pieces between quotes of program text, line by line: a command line within a literal is one or more of them. */
function literalCommands(node: ScalarNode, context: FileContext): Launch[] {
  const { text, checks, limits } = context;
  return [...String(node.value).matchAll(/[^\n'"`\\]+/g)].flatMap((piece) => {
    const locate: Locate = (offset, length) => spanWithin(text, node, piece.index + offset, length);
    return commandsOf(piece[0], locate, checks, limits.commandWords);
  });
}
