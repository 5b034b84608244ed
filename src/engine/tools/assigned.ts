import { Op } from '../../ir/instruction.js';
import { locate } from './locate.js';
import type { Notice } from './notice.js';
import type { StaticValues } from './static-values.js';

/** Members that are given a value which is a finding by itself, whatever the object is for: checks of certificates that are switched off. */
export function findAssigned(values: StaticValues): Notice[] {
  const { program } = values;
  return (program.knowledge.assigned ?? []).flatMap((setting) =>
    program.files.flatMap((file, index) => {
      const key = file.strings.indexOf(setting.key);
      if (key < 0) return [];
      return file.functions.flatMap((_, i): Notice[] => {
        const fn = program.functionBase[index]! + i;
        return storesOf(values, fn, key).flatMap((pc) => {
          const items = values.slot(fn, file.code[pc + 5]!);
          const isMeant = items.every((item) => item.kind === 'text' && setting.values.includes(item.text));
          if (items.length === 0 || !isMeant) return [];
          return [
            {
              rule: setting.rule,
              location: locate(values, { function: fn, pc }),
              message: setting.message,
              advice: setting.advice,
              subject: setting.key,
              function: program.functionOf(fn).qualifiedName,
              related: [],
            },
          ];
        });
      });
    }),
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
