import type { Feature } from './step.js';

/** Iterators, events, callbacks, and what classes and modules keep for all. */
export const PROTOCOLS: readonly Feature[] = [
  {
    name: 'event emitter',
    write: (w, pick) => {
      w.builtIn("import { EventEmitter } from 'node:events';");
      const bus = w.fresh('bus');
      const target = w.declare('text', "'nothing received'").name;
      w.statement(
        `const ${bus} = new EventEmitter();`,
        `${bus}.on('ready', (value) => { ${target} = ${pick.one('value', "'received'", 'String(value.length)')}; });`,
        `${bus}.emit('${pick.one('ready', 'other')}', ${pick.text()});`,
      );
    },
  },
  {
    name: 'iterator by hand',
    write: (w, pick) => {
      const name = w.fresh('iterate');
      w.helper(
        `function ${name}(values) {`,
        '  let at = 0;',
        '  return {',
        '    [Symbol.iterator]() {',
        '      return {',
        '        next() {',
        `          return at < values.length ? { done: false, value: ${pick.one('values[at++]', 'values[at++].length')} } : { done: true, value: undefined };`,
        '        },',
        '      };',
        '    },',
        '  };',
        '}',
      );
      w.declare('text', `[...${name}(${pick.list()})].join('/')`);
    },
  },
  {
    name: 'iterable class',
    write: (w, pick) => {
      const name = w.fresh('Words');
      w.helper(
        `class ${name} {`,
        '  constructor(words) {',
        '    this.words = words;',
        '  }',
        '  *[Symbol.iterator]() {',
        `    for (const word of this.words) yield ${pick.one('word', 'String(word.length)')};`,
        '  }',
        '}',
      );
      const source = pick.list();
      const target = w.declare('text', "''").name;
      w.statement(`for (const word of new ${name}(${source})) ${target} += word;`);
    },
  },
  {
    name: 'generator that returns',
    write: (w, pick) => {
      const [inner, outer] = [w.fresh('inner'), w.fresh('outer')];
      w.helper(
        `function* ${inner}(value) {`,
        `  yield ${pick.one('String(value.length)', 'value')};`,
        `  return ${pick.one('value', "'end'")};`,
        '}',
        `function* ${outer}(value) {`,
        `  const result = yield* ${inner}(value);`,
        `  yield ${pick.one('result', "'after'")};`,
        '}',
      );
      w.declare('text', `[...${outer}(${pick.text()})].join('+')`);
    },
  },
  {
    name: 'static member',
    write: (w, pick) => {
      const name = w.fresh('Settings');
      w.helper(
        `class ${name} {`,
        "  static held = 'empty';",
        '  static put(value) {',
        `    ${pick.one('this', name)}.held = value;`,
        '  }',
        '  static take() {',
        `    return ${pick.one(`${name}.held`, 'this.held', 'String(this.held.length)')};`,
        '  }',
        '}',
      );
      w.statement(`${name}.put(${pick.text()});`);
      w.declare('text', `${name}.take()`);
    },
  },
  {
    name: 'singleton',
    write: (w, pick) => {
      const name = w.fresh('Store');
      w.helper(
        `class ${name} {`,
        '  static #only;',
        '  #values = new Map();',
        '  static get() {',
        `    ${name}.#only ??= new ${name}();`,
        `    return ${name}.#only;`,
        '  }',
        '  put(key, value) {',
        '    this.#values.set(key, value);',
        '    return this;',
        '  }',
        '  take(key) {',
        `    return ${pick.one("this.#values.get(key) ?? 'none'", 'String(this.#values.size)')};`,
        '  }',
        '}',
      );
      w.statement(`${name}.get().put('key', ${pick.text()});`);
      w.declare('text', `${name}.get().take('key')`);
    },
  },
  {
    name: 'callback style',
    write: (w, pick) => {
      const name = w.fresh('fetchText');
      w.helper(
        `function ${name}(value, done) {`,
        `  if (value === '') return done(new Error('empty'));`,
        `  return done(null, ${pick.one('value', 'value.length', `\`<\${value}>\``)});`,
        '}',
      );
      const target = w.declare('text', "''").name;
      const source = pick.text();
      w.statement(
        `${name}(${source}, (error, value) => { ${target} = error ? error.message : String(${pick.one('value', "'done'")}); });`,
      );
    },
  },
  {
    name: 'linked list',
    write: (w, pick) => {
      const [node, target] = [w.fresh('node'), w.declare('text', "''").name];
      w.statement(
        `let ${node} = { value: 'a', next: { value: ${pick.text()}, next: { value: ${pick.text()}, next: null } } };`,
        `while (${node}) {`,
        `  ${target} += ${pick.one(`${node}.value`, "'.'", `${node}.value.length`)};`,
        `  ${node} = ${node}.next;`,
        '}',
      );
    },
  },
  {
    name: 'exported instance',
    write: (w, pick) => {
      const [Service, service] = [w.fresh('Service'), w.fresh('service')];
      w.module(
        [service],
        [
          `class ${Service} {`,
          "  current = 'empty';",
          '  remember(value) {',
          `    this.current = ${pick.one('value', 'String(value.length)')};`,
          '  }',
          '  recall() {',
          '    return this.current;',
          '  }',
          '}',
          `export const ${service} = new ${Service}();`,
        ],
        pick.flag(),
      );
      w.statement(`${service}.remember(${pick.text()});`);
      w.declare('text', `${service}.recall()`);
    },
  },
  {
    name: 'registry of handlers',
    write: (w, pick) => {
      const [register, run, handlers] = [w.fresh('register'), w.fresh('run'), w.fresh('handlers')];
      w.module(
        [register, run],
        [
          `const ${handlers} = new Map();`,
          `export function ${register}(name, handler) {`,
          `  ${handlers}.set(name, handler);`,
          '}',
          `export function ${run}(name, value) {`,
          `  return ${handlers}.get(name)(value);`,
          '}',
        ],
        pick.flag(),
      );
      w.statement(
        `${register}('show', (value) => ${pick.one('value', "'handled'", `\`(\${value})\``, 'String(value.length)')});`,
      );
      w.declare('text', `${run}('show', ${pick.text()})`);
    },
  },
];
