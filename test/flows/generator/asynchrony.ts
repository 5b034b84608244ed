import type { Feature, Picker } from './step.js';
import type { Writer } from './writer.js';

/** Declares a text from an expression that awaits; nothing in programs that cannot await. */
function awaited(w: Writer, expression: () => string): void {
  if (w.wrapped) w.declare('text', expression());
}

/** Promises, async functions and async generators: in programs whose statements stand in an async function. */
export const ASYNCHRONY: readonly Feature[] = [
  {
    name: 'async function',
    write: (w, pick) => {
      const name = w.fresh('load');
      w.helper(`async function ${name}(value) {`, `  return ${pick.one('value', "'loaded'", 'value.length')};`, '}');
      awaited(w, () => `String(await ${name}(${pick.text()}))`);
    },
  },
  {
    name: 'promise chain',
    write: (w, pick) =>
      awaited(
        w,
        () =>
          `await Promise.resolve(${pick.text()}).then((value) => ${pick.one('value', `\`<\${value}>\``, "'then'")})`,
      ),
  },
  {
    name: 'promise all',
    write: (w, pick) => {
      if (!w.wrapped) return;
      const [first, second] = [w.fresh('text'), w.fresh('text')];
      w.statement(`let [${first}, ${second}] = await Promise.all([Promise.resolve(${pick.text()}), ${pick.text()}]);`);
      for (const name of [first, second]) w.variables.push({ name, shape: 'text', captured: false });
    },
  },
  {
    name: 'new promise',
    write: (w, pick) =>
      awaited(w, () => {
        const settle = pick.one('resolve(value)', "resolve('fixed')", 'queueMicrotask(() => resolve(value))');
        return `await new Promise((resolve) => { const value = ${pick.text()}; ${settle}; })`;
      }),
  },
  {
    name: 'rejection',
    write: (w, pick) =>
      awaited(
        w,
        () =>
          `await Promise.reject(new Error(${pick.text()})).catch((error) => ${pick.one('error.message', "'caught'", 'error.name')})`,
      ),
  },
  {
    name: 'async generator',
    write: (w, pick: Picker) => {
      if (!w.wrapped) return;
      const name = w.fresh('stream');
      w.helper(
        `async function* ${name}(value) {`,
        "  yield 'start';",
        `  yield ${pick.one('value', 'String(value.length)')};`,
        '}',
      );
      const source = pick.text();
      const target = w.declare('text', "''").name;
      w.statement(`for await (const part of ${name}(${source})) ${target} += ${pick.one('part', "'.'")};`);
    },
  },
];
