import { matchesGlob } from '../../core/literal-glob.js';
import { isRemotePlainHttp } from '../../core/local-host.js';
import type { Condition } from '../../core/port.js';
import type { ModelledCall } from './call-states.js';
import { rootItems } from './definitions.js';
import { type Item, isKnown, type Place } from './item.js';
import { locate } from './locate.js';
import type { Notice } from './notice.js';
import type { StaticValues } from './static-values.js';

/** Calls whose arguments are a finding by themselves: a hosted shell without approval, a loop without a limit. */
export function findSettings(values: StaticValues, calls: readonly ModelledCall[]): Notice[] {
  const result: Notice[] = [];
  const { program } = values;
  const imports = importTest(program);
  for (const { place: call, models } of calls) {
    for (const { selector, settings } of models) {
      for (const setting of settings ?? []) {
        if (setting.project && !imports(setting.project)) continue;
        if (!setting.when.every((condition) => holds(values, call, condition))) continue;
        const blamed = setting.point && values.path(rootItems(values, call, setting.point), setting.point.path)[0];
        result.push({
          rule: setting.rule,
          location: locate(values, blamed?.place ?? call),
          message: setting.message,
          advice: setting.advice,
          subject: selector,
          function: program.functionOf(call.function).qualifiedName,
          related: [],
        });
      }
    }
  }
  return result;
}

/** Whether a condition surely holds: what the code does not tell fulfils none. */
function holds(values: StaticValues, call: Place, { port, test, values: wanted }: Condition): boolean {
  let items = rootItems(values, call, port);
  if (test === 'absent') return isAbsent(values, items, port.path);
  items = values.path(items, port.path);
  if (test === 'present') return items.length > 0;
  const texts = items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
  if (texts.length === 0) return test === 'not-in' && items.length > 0 && items.every(isKnown);
  switch (test) {
    case 'in':
      return texts.every((text) => wanted.includes(text));
    case 'not-in':
      return texts.every((text) => !wanted.includes(text));
    case 'at-most':
      return texts.every((text) => Math.abs(Number(text)) <= Number(wanted[0]));
    // Plugins are no texts: only where data is followed is it known what they are.
    case 'from':
    case 'not-from':
    case 'written':
      return false;
    case 'remote-plain-http':
      return texts.every(isRemotePlainHttp);
    case 'matches':
      return texts.every((text) => wanted.some((pattern) => matchesGlob(pattern, text)));
    default:
      return texts.every((text) => !wanted.some((pattern) => matchesGlob(pattern, text)));
  }
}

/** Whether nothing stands at a path, and nothing unknown could bring it in: a spread, a variable from elsewhere. */
function isAbsent(values: StaticValues, root: readonly Item[], path: readonly string[]): boolean {
  let items = root;
  for (const key of path) {
    if (items.length === 0) return true;
    const next = values.path(items, [key]);
    if (next.length === 0) return items.every((item) => item.kind === 'object' && !values.isOpen(item));
    items = next;
  }
  return (
    items.length === 0 ||
    items.every((item) => item.kind === 'text' && (item.text === 'null' || item.text === 'undefined'))
  );
}

/** Whether the program imports one of some packages; `@x/*` stands for all of a scope. */
function importTest(program: StaticValues['program']): (packages: readonly string[]) => boolean {
  const memo = new Map<readonly string[], boolean>();
  let specifiers: ReadonlySet<string> | undefined;
  return (packages) => {
    let found = memo.get(packages);
    if (found === undefined) {
      specifiers ??= new Set(program.files.flatMap((file) => file.specifiers.map(({ text }) => text)));
      const names = [...specifiers];
      found = packages.some((name) => names.some((text) => matchesGlob(name, text) || text.startsWith(`${name}/`)));
      memo.set(packages, found);
    }
    return found;
  };
}
