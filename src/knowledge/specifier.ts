/**
 * The names under which a specifier may be modelled, best first: `node:fs/promises` gives `fs/promises`, `fs`; `npm:openai@4/helpers/zod`
 * gives `openai/helpers/zod`, `openai/helpers`, `openai`. Relative and absolute paths give none.
 */
export function packageCandidates(specifier: string): readonly string[] {
  let name = specifier
    .replace(/^(?:node|npm|jsr):/, '')
    .replace(/^https?:\/\/(?:esm\.sh|cdn\.skypack\.dev|esm\.run)\//, '');
  if (/^[./#]|^(?!(?:bun|cloudflare|deno|astro):)[a-z]+:/i.test(name)) return [];
  name = name.replace(/^((?:@[^/@]+\/)?[^/@?]+)@[^/]*/, '$1').replace(/\?.*$/, '');
  const candidates = [name];
  const least = name.startsWith('@') ? 2 : 1;
  for (let parts = name.split('/'); parts.length > least; ) {
    parts = parts.slice(0, -1);
    candidates.push(parts.join('/'));
  }
  return candidates;
}

/** The member that a file inside a package is named after: `lodash/debounce` → `debounce`, `date-fns/add-days.js` → `addDays`. */
export function submoduleMember(specifier: string): string {
  const base = specifier.slice(specifier.lastIndexOf('/') + 1).replace(/\.[cm]?js$/, '');
  return base.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
