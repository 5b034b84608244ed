import type { Feature } from './step.js';

/** Cleaning that works, and cleaning that only looks so. */
export const CLEANING: readonly Feature[] = [
  {
    name: 'mask',
    write: (w, pick) =>
      void w.declare(
        'text',
        pick.one(
          `'*'.repeat(${pick.text()}.length)`,
          `${pick.text()}.replace(/./g, '*')`,
          `${pick.text()} === '' ? 'empty' : 'set'`,
          `typeof ${pick.text()}`,
          `String(${pick.text()}.length)`,
          `${pick.text()}.slice(-4)`,
        ),
      ),
  },
  {
    name: 'hash',
    write: (w, pick) => {
      w.builtIn("import { createHash } from 'node:crypto';");
      w.declare('text', `createHash('sha256').update(${pick.text()}).digest('hex')`);
    },
  },
  {
    name: 'redactor that works',
    write: (w, pick) => {
      const name = w.fresh('redact');
      w.helper(
        `function ${name}(value) {`,
        `  return ${pick.one("'[redacted]'", "value ? '***' : ''", "value.replace(/[^ ]/g, '•')")};`,
        '}',
      );
      w.declare('text', `${name}(${pick.text()})`);
    },
  },
  {
    name: 'redactor in name only',
    write: (w, pick) => {
      const name = w.fresh('redact');
      const body = pick.one(
        'value',
        "value.replace(/ +/g, ' ')",
        'value.slice(2)',
        "value.length > 99 ? '***' : value",
      );
      w.helper(`function ${name}(value) {`, `  return ${body};`, '}');
      w.declare('text', `${name}(${pick.text()})`);
    },
  },
  {
    name: 'redacted field',
    write: (w, pick) => {
      const source = pick.record();
      const { name } = w.declare('record', pick.one(`{ ...${source} }`, source));
      w.statement(`${name}.${pick.one('left', 'right')} = '***';`);
    },
  },
  {
    name: 'redactor whose result is thrown away',
    write: (w, pick) => {
      const name = w.fresh('clean');
      w.helper(`const ${name} = (value) => value.replace(/./g, '*');`);
      w.statement(`${name}(${pick.text()});`);
    },
  },
  {
    name: 'allow-list',
    write: (w, pick) => {
      const name = w.fresh('ALLOWED');
      w.helper(`const ${name} = new Set(['demo', 'test']);`);
      const value = pick.text();
      w.declare(
        'text',
        pick.one(`${name}.has(${value}) ? ${value} : 'other'`, `${name}.has(${value}) ? 'known' : ${value}`),
      );
    },
  },
  {
    name: 'deleted field',
    write: (w, pick) => {
      const [copy, field] = [w.fresh('copy'), pick.one('left', 'right')];
      w.statement(`const ${copy} = { ...${pick.record()} };`, `delete ${copy}.${field};`);
      w.declare('text', `JSON.stringify(${copy})`);
    },
  },
];
