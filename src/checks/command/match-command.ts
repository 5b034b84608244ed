import type { CommandCheck } from '../check.js';
import { wildcard } from '../glob.js';
import { isBroadPermission } from '../predicates/permission.js';
import { type Launch, programName } from './launch.js';
import type { Word } from './words.js';

export interface CommandMatch {
  readonly word: Word;
  /** What is broad: the flag, or the entry of its allow-list. */
  readonly entry: string;
}

/** The word for which a command is a finding; undefined where it is none. */
export function matchCommand(
  launch: Launch,
  check: CommandCheck,
  speakers: ReadonlySet<string>,
): CommandMatch | undefined {
  if (!launch.head) return undefined;
  if (check.programs.length > 0) {
    if (!check.programs.some((program) => wildcard(launch.program, program))) return undefined;
  } else if (launch.words.some((word, i) => i < 3 && speakers.has(programName(word.text)))) return undefined;
  const words = check.programs.length > 0 ? launch.arguments : launch.words;
  if (!check.subcommand.every((name, i) => wildcard(plain(words)[i]?.text ?? '', name))) return undefined;
  if (check.without.some((flag) => findFlag(words, flag))) return undefined;
  if (check.flags.length === 0) return { word: launch.head, entry: launch.program };
  for (const flag of check.flags) {
    const found = findFlag(words, flag);
    if (!found) continue;
    if (!check.permission) return { word: found.word, entry: found.word.text };
    const permission = check.permission;
    for (const value of found.values) {
      const entry = listed(value.text).find((each) => isBroadPermission(each, permission));
      if (entry !== undefined) return { word: value, entry };
    }
  }
  return undefined;
}

interface FoundFlag {
  readonly word: Word;
  /** What follows the flag, up to the next flag. */
  readonly values: readonly Word[];
}

/** Finds `--flag`, `--flag value` (also `--flag=value`; `*` within the value any run of characters). `--flag=false` is no such flag. */
export function findFlag(words: readonly Word[], pattern: string): FoundFlag | undefined {
  const [flag, value] = pattern.split(' ', 2) as [string, string | undefined];
  for (const [i, word] of words.entries()) {
    if (word.text === '--') return undefined;
    const joined = word.text.startsWith(`${flag}=`) ? word.text.slice(flag.length + 1) : undefined;
    if (joined === undefined && word.text !== flag && !isClustered(word.text, flag)) continue;
    const following = joined === undefined ? words.slice(i + 1) : [];
    const stop = following.findIndex((other) => other.text.startsWith('-'));
    const rest = stop < 0 ? following : following.slice(0, stop);
    const values = joined === undefined ? rest : [{ text: joined, locate: word.locate }];
    if (value === undefined) {
      if (joined === undefined || !/^(?:false|0|no)$/i.test(joined)) return { word, values };
    } else if (wildcard((values[0]?.text ?? '').toLowerCase(), value.toLowerCase())) return { word, values };
  }
  return undefined;
}

/** `-y` within `-yp`: single-letter flags may be joined. */
function isClustered(text: string, flag: string): boolean {
  return /^-[A-Za-z]$/.test(flag) && /^-[A-Za-z]{2,4}$/.test(text) && text.includes(flag[1]!);
}

function plain(words: readonly Word[]): readonly Word[] {
  return words.filter((word) => !word.text.startsWith('-'));
}

/** `"Bash(git *),Write"` → `Bash(git *)`, `Write`: commas and blanks separate, not within parentheses. */
function listed(value: string): string[] {
  return value.match(/[^\s,()]+(?:\([^()]*\))?|\*/g) ?? [];
}
