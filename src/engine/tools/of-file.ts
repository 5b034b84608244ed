import { nameOf } from './call-states.js';
import type { Item, Place } from './item.js';
import type { StaticValues } from './static-values.js';

/** What holds bytes that are in memory already. */
const IN_MEMORY = /^(?:Blob|File|Buffer|from|arrayBuffer|blob|Uint8Array)$/;

/**
 * Whether what reads a document is handed the path of a file, and not bytes that came from elsewhere: a loader by what it was constructed with (a path
 * where that is not known), a function by its argument.
 */
export function isOfFile(values: StaticValues, place: Place): boolean {
  const { code } = values.program.fileOf(place.function);
  const loaders = values.owner(place.function, code[place.pc + 5]!).filter(({ kind }) => kind === 'call');
  if (loaders.length > 0)
    return loaders.some((loader) => !values.argument(loader.place, 0).some((item) => isInMemory(values, item)));
  return values
    .argument(place, 0)
    .some((item) => item.kind === 'text' || item.kind === 'template' || values.field(item, 'path').length > 0);
}

function isInMemory(values: StaticValues, item: Item): boolean {
  if (item.kind !== 'call') return false;
  const { code } = values.program.fileOf(item.place.function);
  return IN_MEMORY.test(nameOf(values, item.place.function, code[item.place.pc + 4]!));
}
