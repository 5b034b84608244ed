/** What a tool has to do with others than the program and its user: whose text it brings in, and whom it can tell something. */
import { covers } from '../../core/kinds.js';
import type { ToolModel } from '../../core/port.js';
import type { Location } from '../../core/span.js';
import type { Flow } from '../flow.js';
import { modelsOf } from './call-states.js';
import { HOLE, type Place } from './item.js';
import { locate } from './locate.js';
import type { Reach } from './reach.js';
import type { StaticValues } from './static-values.js';

export interface Outside {
  /** Where it brings in text that others have written: pages, mail, what tools of other servers return. */
  readonly content?: Location;
  /** Where the model chooses whom it asks for something, and so whom it tells something. */
  readonly way?: Location;
}

const CONTENT = ['untrusted.content.page', 'untrusted.content.mail', 'untrusted.content.tool', 'untrusted.message'];
/** An address whose host the code says. */
const FIXED_HOST = new RegExp(`^https?://[^/?#${HOLE}]+[/?#]`);

/** @param flows of what the model chose */
export function findOutside(values: StaticValues, { calls }: Reach, flows: readonly Flow[]): Outside {
  const chosen = new Set(
    flows.flatMap(({ sink }) => (covers('url', sink.kind) ? [`${sink.function}:${sink.start}`] : [])),
  );
  const isOpen = (place: Place): boolean => {
    const start = values.program.fileOf(place.function).code[place.pc + 1]!;
    return chosen.has(`${place.function}:${start}`) && !hasFixedHost(values, place);
  };
  const way = calls.find(isOpen);
  const content =
    way ??
    calls.find((place) =>
      modelsOf(values, place).some(
        // What a fixed address answers is that service's own.
        ({ sources, sinks }) =>
          !sinks.some(({ kind }) => covers('url', kind)) &&
          sources.some(({ kind }) => CONTENT.some((each) => covers(each, kind))),
      ),
    );
  return {
    ...(content && { content: locate(values, content) }),
    ...(way && { way: locate(values, way) }),
  };
}

/** Of a tool that has no code in the program. */
export function outsideOfReady(can: NonNullable<ToolModel['can']>, location: Location): Outside {
  const reads = can['uses the network'] ?? can['drives a browser'];
  const isOpen = can['uses the network'] === 'model' || can['drives a browser'] === 'model';
  return { ...(reads && { content: location }), ...(isOpen && { way: location }) };
}

function hasFixedHost(values: StaticValues, place: Place): boolean {
  const [first] = values.argument(place, 0);
  const items = first?.kind === 'object' ? values.field(first, 'url') : values.argument(place, 0);
  return (
    items.length > 0 &&
    items.every((item) => (item.kind === 'text' || item.kind === 'template') && FIXED_HOST.test(item.text))
  );
}
