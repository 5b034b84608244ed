import { Op } from '../../ir/instruction.js';
import { functionsOf } from '../tools/caller-index.js';
import type { Place } from '../tools/item.js';
import type { StaticValues } from '../tools/static-values.js';

/** The name of what is called, of what it is a member of, and the texts it is given: `headers.get('authorization')`. */
export function calledNames(values: StaticValues, call: Place): string[] {
  const { program } = values;
  const { code, strings, imports, variables } = program.fileOf(call.function);
  const names: string[] = [];
  let slot = code[call.pc + 4]!;
  for (let hop = 0; hop < 3 && slot >= 0; hop++) {
    const pc = values.index(call.function).definitions.get(slot)?.[0];
    if (pc === undefined) break;
    const op = code[pc]! & 255;
    if (op === Op.Load) {
      names.push(strings[code[pc + 5]!]!);
      slot = code[pc + 4]!;
      continue;
    }
    if (op === Op.Import) names.push(imports[code[pc + 4]!]!.local, imports[code[pc + 4]!]!.name);
    // What a framework makes global: Nuxt's `requireUserSession`.
    else if (op === Op.Global) names.push(strings[code[pc + 4]!]!);
    else if (op === Op.LoadVariable) names.push(variables[code[pc + 4]!]!.name);
    else if (op === Op.Copy) {
      slot = code[pc + 4]!;
      continue;
    }
    break;
  }
  for (const target of functionsOf(values.tracker, call.function, code[call.pc + 4]!))
    names.push(program.functionOf(target).name);
  // Whatever a client of a model is given is no check.
  if (names.some((name) => /^(?:get|has|header)$/.test(name)))
    for (const item of values.argument(call, 0))
      if (item.kind === 'text' && /^authorization$|^x-api-key$/i.test(item.text)) names.push('authorization');
  // What went wrong was not checked: `new QuotaError`.
  return names.filter((name) => !/token(?:s|ize|izer|Count|Limit|Usage)|countToken|maxToken|encode|Error$/i.test(name));
}
