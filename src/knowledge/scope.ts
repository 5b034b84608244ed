import type { Graph } from './graph.js';
import { includesMajor } from './majors.js';
import type { Statement } from './model-data.js';
import type { ModelFile } from './model-file.js';
import type { Selector, Step } from './selector.js';

/** Where a scope looks up what is not its own. */
export interface Surroundings {
  /** The node of an alias that all files share: `$Request`. */
  shared(alias: string): number;
  /** The node of an alias of `file`, whatever the scope it belongs to. */
  local(file: ModelFile, alias: string): number;
}

/** The names of the global object. */
const GLOBAL_OBJECTS = ['globalThis', 'window', 'self', 'global'];

/** The part of the graph that one package at one major version, or all globals, make. */
export class Scope {
  /** The module object; the global object. */
  readonly namespace: number;
  readonly #aliases = new Map<string, number>();

  /** `name` is the package, or '' for globals. */
  constructor(
    readonly graph: Graph,
    readonly name: string,
    readonly surroundings: Surroundings,
  ) {
    this.namespace = graph.add();
    // A module object and its default export are one: `import x`, `import * as x` and `require` reach the same members.
    const { members } = graph.nodes[this.namespace]!;
    for (const own of name === '' ? GLOBAL_OBJECTS : ['default']) members.set(own, this.namespace);
  }

  /** The node of an alias; aliases of a package are common to its files, those of globals belong to their file. */
  alias(file: ModelFile, alias: string): number {
    const key = this.name === '' ? `${file.file}#${alias}` : alias;
    let node = this.#aliases.get(key);
    if (node === undefined) {
      node = this.graph.add();
      this.#aliases.set(key, node);
    }
    return node;
  }

  /** Enters the statements of a file that hold for `major` and that `take` lets through. */
  enter(
    file: ModelFile,
    aliases: ReadonlySet<string>,
    major: number | undefined,
    take: (statement: Statement) => boolean,
  ): void {
    for (const statement of file.statements) {
      if (!includesMajor(statement.majors, major) || !take(statement)) continue;
      this.#enter(file, aliases, statement);
    }
  }

  #enter(file: ModelFile, aliases: ReadonlySet<string>, statement: Statement): void {
    const selector = statement.kind === 'call' ? statement.function : statement.value;
    const node = this.graph.nodes[this.graph.follow(this.#root(file, aliases, selector), selector.steps)]!;
    const place = { selector: `${this.name && `${this.name}#`}${describeSelector(selector)}`, package: this.name };
    switch (statement.kind) {
      case 'type':
        node.also.push(
          isShared(statement.alias) ? this.surroundings.shared(statement.alias) : this.#local(file, statement.alias),
        );
        break;
      case 'read': {
        const element = statement.element !== undefined && { element: statement.element };
        node.reads.push({ ...place, kind: statement.reads, ...element });
        break;
      }
      case 'write': {
        const recipient = statement.recipient !== undefined && { recipient: statement.recipient };
        node.writes.push({ ...place, kind: statement.writes, ...recipient });
        break;
      }
      case 'call':
        (statement.construct ? node.constructs : node.calls).push({ ...place, part: statement.part });
    }
  }

  /** Statements about shared aliases stand in the scope of globals, whichever file they are from. */
  #local(file: ModelFile, alias: string): number {
    return this.name === '' && file.packages.length > 0
      ? this.surroundings.local(file, alias)
      : this.alias(file, alias);
  }

  #root(file: ModelFile, aliases: ReadonlySet<string>, selector: Selector): number {
    const { root, exported } = selector;
    if (!exported && isShared(root)) return this.surroundings.shared(root);
    if (!exported && aliases.has(root)) return this.#local(file, root);
    if (root === 'default') return this.namespace;
    return this.graph.member(this.namespace, root);
  }
}

/** Aliases that begin with a dollar sign are shared by all files. */
export function isShared(name: string): boolean {
  return /^\$[A-Z]/.test(name);
}

/** A selector as people read it: without the mark of shared aliases. */
export function describeSelector(selector: Selector): string {
  const root = isShared(selector.root) ? selector.root.slice(1) : selector.root;
  return `${selector.exported ? 'new ' : ''}${root}${selector.steps.map(describeStep).join('')}`;
}

function describeStep(step: Step): string {
  switch (step.kind) {
    case 'member':
      return `.${step.name}`;
    case 'any':
      return '.*';
    case 'class':
      return `.<${step.name}>`;
    case 'element':
      return '[]';
    case 'call':
      return '()';
    case 'construct':
      return '';
    case 'parameter':
      return `(${step.argument}${step.rest ? '..' : ''})${step.path.map((name) => (name === '[]' ? name : `.${name}`)).join('')}->${step.parameter}`;
  }
}
