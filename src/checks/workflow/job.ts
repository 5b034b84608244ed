import { child, type Entry, entriesOf, itemsOf, type Node, textOf } from '../tree.js';

export interface Job {
  readonly name: string;
  readonly node: Node;
  readonly steps: readonly Step[];
  readonly condition: string;
  readonly needs: readonly string[];
  readonly environment: readonly Entry[];
}

export interface Step {
  readonly node: Node;
  readonly id: string;
  readonly uses: Entry | undefined;
  readonly run: Entry | undefined;
  readonly inputs: readonly Entry[];
  readonly environment: readonly Entry[];
  readonly condition: string;
  /** Every text of the step, for asking whether it mentions something. */
  readonly text: string;
}

export function jobsOf(root: Node): Job[] {
  return entriesOf(child(root, 'jobs')).map(({ key, value }) => ({
    name: key,
    node: value,
    steps: itemsOf(child(value, 'steps')).map(readStep),
    condition: textOf(child(value, 'if')) ?? '',
    needs: itemsOf(child(value, 'needs')).flatMap((item) => textOf(item) ?? []),
    environment: entriesOf(child(value, 'env')),
  }));
}

function readStep(node: Node): Step {
  const entry = (key: string) => entriesOf(node).findLast((other) => other.key === key);
  return {
    node,
    id: textOf(child(node, 'id')) ?? '',
    uses: entry('uses'),
    run: entry('run'),
    inputs: entriesOf(child(node, 'with')),
    environment: entriesOf(child(node, 'env')),
    condition: textOf(child(node, 'if')) ?? '',
    text: texts(node).join('\n'),
  };
}

function texts(node: Node): string[] {
  if (node.kind === 'scalar') return [String(node.value ?? '')];
  return node.kind === 'sequence' ? node.items.flatMap(texts) : node.entries.flatMap((entry) => texts(entry.value));
}

/** The events that start a workflow, with their activity types; undefined where none are named. */
export function eventsOf(
  root: Node,
): Map<string, { readonly entry: Entry | Node; readonly types: readonly string[] | undefined }> {
  const on = child(root, 'on') ?? child(root, 'true');
  const found = new Map<string, { readonly entry: Entry | Node; readonly types: readonly string[] | undefined }>();
  for (const item of on?.kind === 'mapping' ? [] : itemsOf(on))
    found.set(textOf(item) ?? '', { entry: item, types: undefined });
  for (const entry of entriesOf(on)) {
    const types = child(entry.value, 'types');
    found.set(entry.key, { entry, types: types && itemsOf(types).flatMap((item) => textOf(item) ?? []) });
  }
  return found;
}
