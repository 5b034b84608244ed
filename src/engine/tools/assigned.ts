import type { AssignedSetting } from '../../core/knowledge.js';
import { matchesGlob } from '../../core/literal-glob.js';
import { Op } from '../../ir/instruction.js';
import type { Item, Place } from './item.js';
import { locate } from './locate.js';
import type { Notice } from './notice.js';
import type { StaticValues } from './static-values.js';

/**
 * Members that are given a value which is a finding by itself, whatever the object is for: checks of certificates that are switched off, an approval
 * that is given to every tool.
 *
 * @param isTest whether a function belongs to a test
 */
export function findAssigned(values: StaticValues, isTest: (fn: number) => boolean): Notice[] {
  const { program } = values;
  const result: Notice[] = [];
  // Settings of one object that say the same are one decision.
  const decided = new Set<string>();
  for (const setting of program.knowledge.assigned ?? []) {
    program.files.forEach((file, index) => {
      const key = file.strings.indexOf(setting.key);
      if (key < 0) return;
      file.functions.forEach((_, own) => {
        const fn = program.functionBase[index]! + own;
        if (setting.rule.startsWith('agent-') && isTest(fn)) return;
        for (const pc of storesOf(values, fn, key)) {
          const base = file.code[pc + 3]!;
          if (!isMeant(values, setting, { function: fn, pc }) || !isUnder(values, setting, fn, base)) continue;
          const decision = `${setting.rule} ${fn}:${base}`;
          if (decided.has(decision)) continue;
          decided.add(decision);
          result.push({
            rule: setting.rule,
            location: locate(values, { function: fn, pc }),
            message: setting.message,
            advice: setting.advice,
            subject: setting.key,
            function: program.functionOf(fn).qualifiedName,
            related: [],
          });
        }
      });
    });
  }
  return result;
}

/** Whether a store writes one of the values that are meant, and nothing beside it says otherwise. */
function isMeant(values: StaticValues, setting: AssignedSetting, { function: fn, pc }: Place): boolean {
  const { code } = values.program.fileOf(fn);
  const items = values.slot(fn, code[pc + 5]!);
  const fits = (item: Item): boolean =>
    item.kind === 'text' && setting.values.some((each) => matchesGlob(each, item.text));
  // What was written elsewhere is a finding there.
  const isWritten = (item: Item): boolean => item.place.function === fn || !setting.any;
  if (setting.any ? !items.some((item) => fits(item) && isWritten(item)) : items.length === 0 || !items.every(fits))
    return false;
  const beside = fieldsOf(values, fn, code[pc + 3]!);
  return !Object.entries(setting.unless ?? {}).some(([key, wanted]) =>
    beside.some(
      ([name, slot]) =>
        name === key &&
        (wanted.length === 0 ||
          values.slot(fn, slot).some((item) => item.kind === 'text' && wanted.includes(item.text))),
    ),
  );
}

/** Whether the object that is written to stands under the key that is asked for: `{ '*': { autoApprove: true } }`. */
function isUnder(values: StaticValues, { under }: AssignedSetting, fn: number, base: number): boolean {
  if (under === undefined) return true;
  const { strings } = values.program.fileOf(fn);
  const key = strings.indexOf(under);
  if (key < 0) return false;
  const places = values.slot(fn, base).map(({ place }) => place.pc);
  return storesOf(values, fn, key).some((pc) =>
    values
      .slot(fn, values.program.fileOf(fn).code[pc + 5]!)
      .some(({ kind, place }) => kind === 'object' && place.function === fn && places.includes(place.pc)),
  );
}

/** The members that a function writes to an object, with the slots that they are given. */
function fieldsOf(values: StaticValues, fn: number, base: number): (readonly [string, number])[] {
  return (values.index(fn).writes.get(base) ?? []).flatMap(({ key, slot, spread }) =>
    key === undefined || spread ? [] : [[key, slot] as const],
  );
}

/** The instructions of a function that write a member. */
function storesOf(values: StaticValues, fn: number, key: number): number[] {
  const { code } = values.program.fileOf(fn);
  const { blocks } = values.program.functionOf(fn);
  const end = blocks[blocks.length - 1]!;
  const found: number[] = [];
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8)
    if ((code[pc]! & 255) === Op.Store && code[pc + 4] === key) found.push(pc);
  return found;
}
