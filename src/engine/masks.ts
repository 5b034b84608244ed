/**
 * Functions through which a package lets all go that it sends: `mask` of Langfuse, `beforeSend` of Sentry. They are judged by what they do: what they
 * return holds the data still, or the field in which it stands is gone, or it was cleaned. One that returns its input cleans nothing.
 *
 * A repository may hold several programs: of the places where a package is set up, those count that stand nearest to the sink, and all of them.
 */
import { clearBits } from '../core/kinds.js';
import { matchesGlob } from '../core/literal-glob.js';
import type { MaskModel } from '../core/port.js';
import type { Flow } from './flow.js';
import type { Context } from './frame.js';
import { sharedFolders } from './shared-folders.js';
import type { Edge, Summary } from './summary.js';
import type { ModelledCall } from './tools/call-states.js';
import type { Item } from './tools/item.js';
import type { Notice } from './tools/notice.js';
import { rootItems } from './tools/root-items.js';
import type { StaticValues } from './tools/static-values.js';

/** A place where a package is set up, and what stands for one of its masks there: nothing, where none is handed over. */
interface Mask {
  readonly file: string;
  readonly model: MaskModel;
  readonly items: readonly Item[];
}

export class Masks {
  readonly #masks: readonly Mask[];

  constructor(
    private readonly context: Context,
    values: StaticValues,
    calls: readonly ModelledCall[],
  ) {
    this.#masks = calls.flatMap(({ place, models }) =>
      models.flatMap(({ masks = [] }) =>
        masks.map((model) => ({
          file: values.program.fileOf(place.function).path,
          model,
          items: values.path(rootItems(values, place, model.port), model.port.path),
        })),
      ),
    );
  }

  /** Whether what a flow brings to a sink is gone before the package sends it. */
  hides({ rule, kind, sink }: Flow): boolean {
    if (this.#masks.length === 0 || !sink.kind.startsWith('telemetry')) return false;
    const bits = clearBits(kind) | clearBits(sink.kind);
    const method = /[^.#\s]+$/.exec(sink.selector)?.[0] ?? '';
    const { path } = this.context.program.fileOf(sink.function);
    return this.#isMasked(rule, sink.selector, path, bits, method);
  }

  /** Whether a setting that records content does so through a function that leaves none of it. */
  answersFor({ rule, subject, location }: Notice): boolean {
    if (!rule.endsWith('-to-telemetry')) return false;
    return this.#isMasked(rule, subject, location.file, clearBits('prompt'), '');
  }

  #isMasked(rule: string, selector: string, file: string, bits: number, method: string): boolean {
    const name = selector.split('#', 1)[0]!;
    const own = this.#masks.filter(
      ({ model }) =>
        (model.rules.length === 0 || model.rules.includes(rule)) &&
        model.of.some((pattern) => matchesGlob(pattern, name)),
    );
    const shared = Math.max(...own.map((mask) => sharedFolders(mask.file, file)));
    const nearest = own.filter((mask) => sharedFolders(mask.file, file) === shared);
    const files = new Set(nearest.map((mask) => mask.file));
    return (
      files.size > 0 &&
      [...files].every((each) =>
        nearest.some(
          (mask) =>
            mask.file === each && mask.items.some((item) => this.#cleans(item, bits, mask.model.fields[method])),
        ),
      )
    );
  }

  #cleans(item: Item, bits: number, field: string | undefined): boolean {
    if (item.kind === 'text') return item.text === 'true';
    if (item.kind !== 'function') return false;
    const summary = this.context.summaries[item.function];
    return (
      summary !== undefined && !summary.coarse && !summary.edges.some((edge) => this.#keeps(summary, edge, bits, field))
    );
  }

  /** Whether an edge returns what the function was given, or the one field of it that matters. */
  #keeps(summary: Summary, edge: Edge, bits: number, field: string | undefined): boolean {
    if (edge.from.type !== 'parameter' || edge.from.index !== 0 || edge.to.type !== 'return') return false;
    if (edge.cleared & bits) return false;
    if (field === undefined) return true;
    const { paths } = this.context;
    const [first] = paths.keys(edge.fromPath);
    if (first !== undefined) return first === field;
    const isKilled = summary.kills.some(
      ({ root, index, path }) => root === 'parameter' && index === 0 && paths.keys(path).join('.') === field,
    );
    return !isKilled && !this.context.tests.lacks(edge.without, field);
  }
}
