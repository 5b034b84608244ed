import type { Feature } from './step.js';

/** Lists, maps and what the standard library does to them. */
export const COLLECTIONS: readonly Feature[] = [
  { name: 'list literal', write: (w, pick) => void w.declare('list', `[${pick.text()}, ${pick.text()}]`) },
  { name: 'push', write: (w, pick) => w.statement(`${pick.list()}.${pick.one('push', 'unshift')}(${pick.text()});`) },
  { name: 'join', write: (w, pick) => void w.declare('text', `${pick.list()}.join('|')`) },
  {
    name: 'map and filter',
    write: (w, pick) =>
      void w.declare(
        'list',
        pick.one(
          `${pick.list()}.map((item) => \`(\${item})\`)`,
          `${pick.list()}.map((item) => String(item.length))`,
          `${pick.list()}.filter((item) => item !== '')`,
          `${pick.list()}.flatMap((item) => [item, '!'])`,
          `${pick.list()}.slice().reverse()`,
          `[...${pick.list()}, ${pick.text()}]`,
          `${pick.list()}.concat([${pick.text()}])`,
        ),
      ),
  },
  {
    name: 'reduce',
    write: (w, pick) =>
      void w.declare(
        'text',
        pick.one(
          `${pick.list()}.reduce((sum, item) => sum + item, '')`,
          `String(${pick.list()}.reduce((sum, item) => sum + item.length, 0))`,
        ),
      ),
  },
  {
    name: 'for each',
    write: (w, pick) => {
      const source = pick.list();
      const { name } = w.declare('list', '[]');
      w.statement(
        `${source}.forEach((item) => {`,
        `  ${name}.push(${pick.one('item', "'seen'", 'item.trim()')});`,
        '});',
      );
    },
  },
  {
    name: 'for of',
    write: (w, pick) => {
      const source = pick.list();
      const variable = w.declare('text', "''");
      w.statement(`for (const item of ${source}) ${variable.name} += ${pick.one('item', "'.'", 'item.length')};`);
    },
  },
  {
    name: 'entries',
    write: (w, pick) => {
      const source = pick.record();
      w.declare(
        'list',
        pick.one(
          `Object.values(${source})`,
          `Object.keys(${source})`,
          `Object.entries(${source}).map(([k, v]) => k + v)`,
        ),
      );
    },
  },
  {
    name: 'assign and clone',
    write: (w, pick) =>
      void w.declare(
        'record',
        pick.one(`Object.assign({}, ${pick.record()}, { right: ${pick.text()} })`, `structuredClone(${pick.record()})`),
      ),
  },
  {
    name: 'JSON and entries both ways',
    write: (w, pick) =>
      void w.declare(
        'text',
        pick.one(
          `JSON.stringify(${pick.record()})`,
          `JSON.stringify(JSON.parse(JSON.stringify(${pick.record()})))`,
          `JSON.stringify(Object.fromEntries(Object.entries(${pick.record()})))`,
        ),
      ),
  },
  {
    name: 'map',
    write: (w, pick) => {
      const map = w.fresh('map');
      w.statement(`const ${map} = new Map();`, `${map}.set('key', ${pick.text()});`);
      w.declare(
        'text',
        pick.one(
          `${map}.get('key') ?? ''`,
          `[...${map}.values()].join()`,
          `[...${map}.keys()].join()`,
          `String(${map}.size)`,
        ),
      );
    },
  },
  {
    name: 'set',
    write: (w, pick) => {
      const set = w.fresh('set');
      w.statement(`const ${set} = new Set([${pick.text()}]);`, `${set}.add(${pick.text()});`);
      w.declare('list', `[...${set}]`);
    },
  },
  {
    name: 'encodings',
    write: (w, pick) =>
      void w.declare(
        'text',
        pick.one(
          `Buffer.from(${pick.text()}).toString('${pick.one('base64', 'hex', 'utf8')}')`,
          `encodeURIComponent(${pick.text()})`,
          `new URLSearchParams({ key: ${pick.text()} }).toString()`,
        ),
      ),
  },
  {
    name: 'text methods',
    write: (w, pick) =>
      void w.declare(
        'text',
        pick.one(
          `${pick.text()}.toUpperCase()`,
          `${pick.text()}.trim()`,
          `${pick.text()}.split('').reverse().join('')`,
          `${pick.text()}.replace('zz', 'yy')`,
          `${pick.text()}.padEnd(50, '.')`,
          `${pick.text()}.replaceAll('-', '_')`,
          `String(${pick.text()}.indexOf('-'))`,
        ),
      ),
  },
];
