import type { UrlCredentials } from './authority.js';

/** Characters of a command that are looked at, its continuation lines included. */
const COMMAND_LIMIT = 2_000;
/** `-u `, `-su `, `--user=`, `--proxy-user `. */
const LOGIN_FLAG = /[\s"'](?:-[A-Za-z]{0,6}[uU]|--(?:proxy-)?user)(?:=|[ \t]{1,8}|["'],[ \t]{0,8})/g;
const ADDRESS = /https?:\/\/([A-Za-z0-9.-]{1,200})/;

/** Reads the users and passwords that a `curl` command is given; `from` is behind its name. A token may stand in place of either. */
export function readCommandLogins(text: string, from: number): UrlCredentials[] {
  const command = text.slice(from - 1, commandEnd(text, from));
  const host = ADDRESS.exec(command)?.[1]?.toLowerCase() ?? 'unknown.host';
  return [...command.matchAll(LOGIN_FLAG)].flatMap((flag) => {
    const login = readWord(command, flag.index + flag[0].length);
    const separator = login.text.indexOf(':');
    if (separator < 0) return [];
    const user = login.text.slice(0, separator);
    const password = login.text.slice(separator + 1);
    const [value, at] = password === '' ? [user, 0] : [password, separator + 1];
    if (value === '') return [];
    const start = from - 1 + login.places[at]!;
    const end = from + login.places[at + value.length - 1]!;
    return [{ scheme: 'curl', user: password === '' ? '' : user, password: value, host, start, end, urlStart: start }];
  });
}

/** The end of the line, or of the last line that a backslash continues; in a string literal, its line breaks are escaped. */
function commandEnd(text: string, from: number): number {
  const limit = Math.min(text.length, from + COMMAND_LIMIT);
  for (let end = from; ; end++) {
    end = text.indexOf('\n', end);
    if (end < 0 || end >= limit) return limit;
    if (!/\\[ \t\r]{0,4}$/.test(text.slice(Math.max(from, end - 6), end))) return end;
  }
}

/** A word of a shell: pieces in quotes and outside of them. `places` tells where each of its characters stands. */
function readWord(text: string, from: number): { readonly text: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let word = '';
  let quote = '';
  for (let at = from; at < text.length && word.length < 400; at++) {
    const character = text[at]!;
    if (quote === '' ? /[\s;|&)]/.test(character) : character === '\n') break;
    if (character === '\\' && /["'\\]/.test(text[at + 1] ?? '')) continue;
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else {
      word += character;
      places.push(at);
    }
  }
  return { text: word, places };
}
