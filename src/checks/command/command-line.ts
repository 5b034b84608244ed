import type { Checks } from '../check.js';
import { itemsOf, type Node, spanWithin, textOf } from '../tree.js';
import { type Launch, programName, readLaunch } from './launch.js';
import { type Locate, splitCommands, type Word } from './words.js';

/** How deep command lines within command lines are read: `ssh host "bash -c '…'"`. */
const NESTING = 4;

/** All commands of a script, also those handed as text to a shell, to `ssh` and the like, or kept in a variable. */
export function commandsOf(text: string, locate: Locate, checks: Checks, limit: number, depth = 0): Launch[] {
  const launches: Launch[] = [];
  for (const words of splitCommands(text, locate, limit)) {
    const launch = readLaunch(words);
    launches.push(launch);
    if (depth >= NESTING) continue;
    for (const word of nestedTexts(launch, checks)) {
      // A nested text's own positions are found from the word that holds it.
      launches.push(...commandsOf(word.text, () => word.locate(), checks, limit, depth + 1));
    }
  }
  return launches;
}

function nestedTexts(launch: Launch, checks: Checks): Word[] {
  const first = launch.words[0] ? programName(launch.words[0].text) : '';
  // A substitution in a variable's value was listed when the text was split.
  const plain = launch.variables.filter((word) => !/\$\(|`/.test(word.text));
  const texts = plain.map((word) => ({ ...word, text: word.text.slice(word.text.indexOf('=') + 1) }));
  if (
    launch.program === 'alias' ||
    launch.program === 'export' ||
    launch.program === 'local' ||
    launch.program === 'set'
  ) {
    texts.push(...launch.arguments.map((word) => ({ ...word, text: word.text.slice(word.text.indexOf('=') + 1) })));
  } else if (checks.shells.has(launch.program) || checks.shells.has(first)) texts.push(...launch.arguments);
  return texts.filter((word) => /\S\s+\S/.test(word.text));
}

/** The commands that a node of a tree stands for: a text, a list of words, or a mapping with `command` and `args`. */
export function commandsAt(node: Node, source: string, checks: Checks, limit: number): Launch[] {
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'string') return [];
    return commandsOf(node.value, (offset, length) => spanWithin(source, node, offset, length), checks, limit);
  }
  if (node.kind === 'sequence') {
    // A list of words, or a list of command lines: words hold no blanks unless they are quoted arguments.
    const words = wordsOf(node);
    if (words.length === 0) return [];
    if (isLineList(words)) return node.items.flatMap((item) => commandsAt(item, source, checks, limit));
    return expand([readLaunch(words)], checks, limit);
  }
  const launch = launchOf(node, source, checks, limit);
  return launch ? expand([launch], checks, limit) : [];
}

/** The command line of an entry that names a program and its arguments, as lists of servers do. */
export function launchOf(entry: Node, source: string, checks: Checks, limit: number): Launch | undefined {
  if (entry.kind !== 'mapping') return undefined;
  const value = (key: string) => entry.entries.findLast((other) => other.key === key)?.value;
  const command = value('command') ?? value('cmd');
  if (!command) return undefined;
  const nested = command.kind === 'mapping' ? launchWords(command, source, checks, limit) : undefined;
  const head = nested ?? (command.kind === 'scalar' ? scalarWords(command, source, checks, limit) : wordsOf(command));
  const rest = itemsOf(value('args') ?? value('arguments')).flatMap((item) => wordsOf(item));
  return head.length ? readLaunch([...head, ...rest]) : undefined;
}

function launchWords(command: Node, source: string, checks: Checks, limit: number): readonly Word[] {
  const path = command.kind === 'mapping' ? command.entries.find((entry) => entry.key === 'path')?.value : undefined;
  const args = command.kind === 'mapping' ? command.entries.find((entry) => entry.key === 'args')?.value : undefined;
  return path ? [...scalarWords(path, source, checks, limit), ...wordsOf(args)] : [];
}

/** A command given as one text is split as a shell would; one with a folder that holds blanks is one word. */
function scalarWords(node: Node, source: string, checks: Checks, limit: number): readonly Word[] {
  const text = textOf(node);
  if (!text) return [];
  if (!/\s/.test(text) || /^[A-Za-z]:\\/.test(text)) return [{ text, locate: () => node.span }];
  return commandsAt(node, source, checks, limit)[0]?.words ?? [];
}

function wordsOf(node: Node | undefined): Word[] {
  return itemsOf(node).flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [{ text, locate: () => item.span }];
  });
}

function isLineList(words: readonly Word[]): boolean {
  const first = words[0]!.text.trim();
  return /\s/.test(first) && !/^[A-Za-z]:\\|^\//.test(first);
}

function expand(launches: readonly Launch[], checks: Checks, limit: number): Launch[] {
  return launches.flatMap((launch) => [
    launch,
    ...nestedTexts(launch, checks).flatMap((word) => commandsOf(word.text, () => word.locate(), checks, limit, 1)),
  ]);
}
