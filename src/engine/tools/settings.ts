import { matchesGlob } from '../../core/literal-glob.js';
import { isRemotePlainHttp } from '../../core/local-host.js';
import type { Condition, SettingModel } from '../../core/port.js';
import { CALL_ARGUMENTS } from '../../ir/instruction.js';
import { sharedFolders } from '../shared-folders.js';
import { asksInFile } from './asks.js';
import type { ModelledCall } from './call-states.js';
import { type Item, isKnown, type Place } from './item.js';
import { locate } from './locate.js';
import type { Notice } from './notice.js';
import { rootItems } from './root-items.js';
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
        for (const place of blamed(values, call, setting)) {
          if (setting.fallback && isDecided(values, calls, setting.rule, selector, call)) continue;
          if (setting.asked && asksInFile(values, call)) continue;
          result.push({
            rule: setting.rule,
            location: locate(values, place),
            message: setting.message,
            advice: setting.advice,
            subject: selector,
            function: program.functionOf(call.function).qualifiedName,
            related: [],
          });
        }
      }
    }
  }
  return result;
}

/** The places that a setting is to be reported at; none where a condition does not surely hold. */
function blamed(values: StaticValues, call: Place, { each, when, point }: SettingModel): Place[] {
  const subjects = each ? values.path(rootItems(values, call, each), each.path) : [undefined];
  return subjects.flatMap((subject) => {
    if (!when.every((condition) => holds(values, call, condition, subject))) return [];
    const found =
      point &&
      values.path(point.from === 'item' ? listed(subject) : rootItems(values, call, point.port), point.port.path);
    return [found?.[0]?.place ?? subject?.place ?? call];
  });
}

function listed(item: Item | undefined): readonly Item[] {
  return item ? [item] : [];
}

/**
 * Whether there are calls that may decide about a rule of a package by themselves, and all of them do. Of several places where a default is set up,
 * the one nearest to a call counts for it.
 */
function isDecided(
  values: StaticValues,
  calls: readonly ModelledCall[],
  rule: string,
  selector: string,
  setup: Place,
): boolean {
  const name = selector.split('#', 1)[0];
  const pathOf = (place: Place): string => values.program.fileOf(place.function).path;
  const setups = calls.filter(({ models }) => models.some((model) => model.selector === selector));
  const able = calls.flatMap(({ place, models }) =>
    models.flatMap(({ selector: other, decides = [] }) => {
      const own = decides.filter((decision) => decision.rule === rule);
      if (own.length === 0 || other.split('#', 1)[0] !== name) return [];
      const shared = setups.map((each) => sharedFolders(pathOf(each.place), pathOf(place)));
      return sharedFolders(pathOf(setup), pathOf(place)) === Math.max(...shared) ? [{ place, own }] : [];
    }),
  );
  return (
    able.length > 0 &&
    able.every(({ place, own }) => own.some(({ when }) => when.every((condition) => holds(values, place, condition))))
  );
}

/**
 * Whether a condition surely holds: what the code does not tell fulfils none.
 *
 * @param quantifier `some` where one of several values is enough: of a helper's parameter with a default, what is handed over
 */
export function holds(
  values: StaticValues,
  call: Place,
  condition: Condition,
  subject?: Item,
  quantifier: 'every' | 'some' = 'every',
): boolean {
  const { port, test, values: wanted, sibling, others, ...rest } = condition;
  if (others)
    return [port, ...others].some((each) =>
      holds(values, call, { ...rest, port: each, test, values: wanted, sibling }, subject, quantifier),
    );
  let items = sibling && subject ? [subject] : options(values, call, port);
  // What is made where it cannot be seen is not told to have the field.
  if (test === 'unwritten') return values.path(items, port.path).length === 0;
  // Of a receiver that is made elsewhere nothing is known.
  if (port.root === 'receiver' && items.length === 0) return false;
  if (test === 'absent') return isAbsent(values, items, port.path);
  items = values.path(items, port.path);
  if (test === 'present') return items.length > 0;
  if (test === 'named') return items.length > 0 && items.every((item) => wanted.includes(values.exportName(item)));
  if (test === 'answers') return items.length > 0 && items.every((item) => answersOnly(values, item, wanted));
  const isText = ({ kind }: Item): boolean => kind === 'text' || (kind === 'template' && test === 'matches');
  const texts = items.flatMap((item) => (isText(item) && 'text' in item ? [item.text] : []));
  if (texts.length === 0) return test === 'not-in' && items.length > 0 && items.every(isKnown);
  switch (test) {
    case 'in':
      return texts[quantifier]((text) => wanted.includes(text));
    case 'not-in':
      return texts.every((text) => !wanted.includes(text));
    case 'at-most':
      return texts.every((text) => Math.abs(Number(text)) <= Number(wanted[0]));
    // Plugins are no texts: only where data is followed is it known what they are.
    case 'leaves':
    case 'not-leaves':
    case 'from':
    case 'not-from':
    case 'written':
      return false;
    case 'remote-plain-http':
      return texts.every(isRemotePlainHttp);
    case 'matches':
      return texts
        .flatMap((text) => addressesOf(values, call, port, text))
        [quantifier]((text) => wanted.some((pattern) => matchesGlob(pattern, text)));
    default:
      return texts.every((text) => !wanted.some((pattern) => matchesGlob(pattern, text)));
  }
}

const BASES = ['baseURL', 'baseUrl', 'prefixUrl', 'baseURI'];

/** A path is requested below the address that its client was made with: `axios.create({ baseURL })`. */
function addressesOf(values: StaticValues, call: Place, port: Condition['port'], text: string): readonly string[] {
  const isAddress = port.root === 'argument' && port.index === 0 && port.path.length === 0;
  if (!isAddress || /^[a-z]+:/i.test(text)) return [text];
  const { code } = values.program.fileOf(call.function);
  const bases = values
    .owner(call.function, code[call.pc + 5]!)
    .flatMap((owner) => (owner.kind === 'call' ? values.argument(owner.place, 0) : []))
    .flatMap((made) => BASES.flatMap((key) => values.field(made, key)));
  const known = bases.flatMap((base) => (base.kind === 'text' || base.kind === 'template' ? [base.text] : []));
  return known.length === 0 ? [text] : known.map((base) => `${base.replace(/\/$/, '')}/${text.replace(/^\//, '')}`);
}

/** Whether a function returns nothing but these texts, by themselves or in a field: it lets everything pass, whatever it is asked. */
function answersOnly(values: StaticValues, item: Item, wanted: readonly string[]): boolean {
  if (item.kind !== 'function') return false;
  const answers = values.returned(item.function);
  const isWanted = (each: Item): boolean => each.kind === 'text' && wanted.includes(each.text);
  return answers.length > 0 && answers.every((answer) => isWanted(answer) || hasField(values, answer, isWanted));
}

/** Whether an object has a field whose every value fulfils the test. */
function hasField(values: StaticValues, object: Item, test: (item: Item) => boolean): boolean {
  const fields = new Map<string, Item[]>();
  for (const [key, items] of values.entries(object)) fields.set(key, [...(fields.get(key) ?? []), ...items]);
  return [...fields.values()].some((items) => items.length > 0 && items.every(test));
}

/** What a condition asks of: an argument; of a receiver, the options that it was made with, which come last. */
function options(values: StaticValues, call: Place, port: Condition['port']): readonly Item[] {
  const items = rootItems(values, call, port);
  if (port.root !== 'receiver') return items;
  return items.flatMap((item) => (item.kind === 'call' ? lastArgument(values, item.place) : [item]));
}

function lastArgument(values: StaticValues, call: Place): readonly Item[] {
  const { code } = values.program.fileOf(call.function);
  return values.argument(call, (code[call.pc]! >>> 8) - CALL_ARGUMENTS - 1);
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
