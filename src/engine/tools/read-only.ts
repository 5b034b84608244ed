import { covers } from '../../core/kinds.js';
import { CALL_ARGUMENTS } from '../../ir/instruction.js';
import type { Flow } from '../flow.js';
import { type Item, itemKey, type Place } from './item.js';
import type { StaticValues } from './static-values.js';

/** Statements after which a connection changes nothing any more. */
const READ_ONLY =
  /\b(?:begin|start|set)\b[^;]*\bread\s+only\b|\btransaction_read_only\b\s*(?:=|to)\s*'?(?:on|true|1)|\bquery_only\b\s*=\s*(?:on|true|1)/i;
/** Options by which a connection or a transaction is opened for reading. */
const OPTIONS = ['readonly', 'readOnly', 'read_only'];

/** The flows but those into statements on a connection, or in a transaction, that is read-only by force. */
export function withoutReadOnly(values: StaticValues, flows: readonly Flow[]): Flow[] {
  return flows.filter((flow) => {
    if (!covers('sql', flow.sink.kind)) return true;
    const { code } = values.program.fileOf(flow.sink.function);
    const pc = values.index(flow.sink.function).calls.find((each) => code[each + 1] === flow.sink.start);
    return pc === undefined || !isReadOnly(values, { function: flow.sink.function, pc });
  });
}

function isReadOnly(values: StaticValues, place: Place): boolean {
  return isAfterStatement(values, place) || isOpenedSo(values, place) || isHandedOver(values, place);
}

/** `client.query('BEGIN READ ONLY')` stands before it in the same function. */
function isAfterStatement(values: StaticValues, { function: fn, pc }: Place): boolean {
  return values
    .index(fn)
    .calls.some(
      (each) =>
        each < pc &&
        values
          .argument({ function: fn, pc: each }, 0)
          .some((item) => item.kind === 'text' && READ_ONLY.test(item.text)),
    );
}

/** `new Database(file, { readonly: true })` */
function isOpenedSo(values: StaticValues, { function: fn, pc }: Place): boolean {
  const { code } = values.program.fileOf(fn);
  const owners = values.owner(fn, code[pc + 5]!);
  return owners.length > 0 && owners.every((item) => item.kind === 'call' && hasOption(values, item.place));
}

/** `sql.transaction([sql.query(text)], { readOnly: true })` */
function isHandedOver(values: StaticValues, place: Place): boolean {
  const own = itemKey({ kind: 'call', place });
  return values.index(place.function).calls.some((pc) => {
    const call = { function: place.function, pc };
    if (pc <= place.pc || !hasOption(values, call)) return false;
    const items = argumentsOf(values, call).flatMap((item): readonly Item[] => [
      item,
      ...values.entries(item).flatMap(([, inner]) => inner),
    ]);
    return items.some((item) => itemKey(item) === own);
  });
}

function hasOption(values: StaticValues, call: Place): boolean {
  return argumentsOf(values, call).some((item) =>
    OPTIONS.some((key) => {
      const items = values.field(item, key);
      return items.length > 0 && items.every((each) => each.kind === 'text' && each.text === 'true');
    }),
  );
}

function argumentsOf(values: StaticValues, call: Place): readonly Item[] {
  const { code } = values.program.fileOf(call.function);
  const count = (code[call.pc]! >>> 8) - CALL_ARGUMENTS;
  return Array.from({ length: count }, (_, i) => values.argument(call, i)).flat();
}
