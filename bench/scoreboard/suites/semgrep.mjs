import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { readAnnotations } from '../annotations.mjs';
import { listFiles } from '../list-files.mjs';

const ANNOTATION = /\b(ruleid|ok): *([\w-]+(?: *, *[\w-]+)*)/g;

/** Cases of a folder of Semgrep rules: files beside the rules, with `ruleid:` and `ok:` before the line that is meant. */
export function readSemgrepSuite(folder, under = ['.']) {
  return under.flatMap((part) =>
    listFiles(join(folder, part))
      .filter((path) => !/\.(?:ya?ml|md)$/.test(path) || /\.test\.ya?ml$/.test(path))
      .flatMap((path) => {
        const text = readFileSync(join(folder, part, path), 'utf8');
        const places = readSemgrepAnnotations(text);
        if (places.length === 0) return [];
        return [{ group: join(part, path), name: nameOf(path), text, places }];
      }),
  );
}

/** `todoruleid:` and `todook:` tell what the rule's author knows to go wrong, so they say nothing of others. */
export function readSemgrepAnnotations(text) {
  return readAnnotations(text, (line) =>
    [...line.matchAll(ANNOTATION)].flatMap(([, kind, rules]) =>
      rules.split(/ *, */).map((rule) => ({ rule, verdict: kind === 'ok' ? 'safe' : 'true' })),
    ),
  );
}

/** Settings keep their name, since it says what they are; of sources only the language counts. */
function nameOf(path) {
  const settings = /(?:^|[./])(settings\.json|\.env[\w.]*|Dockerfile|\.npmrc)$/.exec(path);
  if (settings) return settings[1] === 'settings.json' ? '.claude/settings.json' : settings[1];
  if (/mcp.*\.json$/.test(basename(path))) return '.mcp.json';
  return `source${extname(path)}`;
}
