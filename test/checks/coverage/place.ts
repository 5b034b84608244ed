import type { TreePath } from '../../../src/checks/tree-path.js';
import type { Tree } from './render.js';

/** The smallest tree in which a path pattern finds the value: `{ jobs: { x: { run: value } } }` for `jobs.*.run`. */
export function placed(path: TreePath, value: Tree): Tree {
  return path.steps.reduceRight<Tree>((inner, step) => {
    if (step.kind === 'item') return [inner];
    if (step.kind === 'any-depth') return { outer: inner };
    return { [step.names[0]!.replaceAll('*', 'x')]: inner };
  }, value);
}

/** A Dockerfile with one instruction. */
export function dockerfile(instruction: string, value: string): string {
  return `FROM node:20\n${instruction} ${value}\n`;
}
