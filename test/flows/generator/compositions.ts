import type { Feature } from './step.js';

/** Functions of functions, and values in less common clothes. */
export const COMPOSITIONS: readonly Feature[] = [
  {
    name: 'compose',
    write: (w, pick) => {
      const name = w.fresh('compose');
      w.helper(`const ${name} = (...steps) => (value) => steps.reduce((held, step) => step(held), value);`);
      w.declare(
        'text',
        `${name}((value) => ${pick.one('value', "'replaced'", 'value.trim()')}, (value) => \`[\${value}]\`)(${pick.text()})`,
      );
    },
  },
  {
    name: 'currying',
    write: (w, pick) => {
      const name = w.fresh('curry');
      w.helper(
        `const ${name} = (first) => (second) => (third) => ${pick.one('first + third', 'second', "first.length + 'x'")};`,
      );
      w.declare('text', `${name}(${pick.text()})(${pick.text()})('third')`);
    },
  },
  {
    name: 'memoized function',
    write: (w, pick) => {
      const name = w.fresh('memoize');
      w.helper(
        `function ${name}(work) {`,
        '  const known = new Map();',
        '  return (key) => {',
        '    if (!known.has(key)) known.set(key, work(key));',
        '    return known.get(key);',
        '  };',
        '}',
      );
      w.declare(
        'text',
        `${name}((key) => ${pick.one(`\`<\${key}>\``, "'known'", 'String(key.length)')})(${pick.text()})`,
      );
    },
  },
  {
    name: 'function handed on',
    write: (w, pick) => {
      const [outer, inner] = [w.fresh('each'), w.fresh('render')];
      w.helper(
        `function ${outer}(values) {`,
        `  return values.map(${inner}).join();`,
        '}',
        `function ${inner}(value) {`,
        `  return ${pick.one(`\`<\${value}>\``, 'String(value.length)', "'rendered'")};`,
        '}',
      );
      w.declare('text', `${outer}(${pick.list()})`);
    },
  },
  {
    name: 'method handed on',
    write: (w, pick) => {
      const name = w.fresh('Printer');
      w.helper(
        `class ${name} {`,
        '  constructor(prefix) {',
        '    this.prefix = prefix;',
        '  }',
        '  print = (value) => this.prefix + value;',
        '  size(value) {',
        '    return String(this.prefix.length + value.length);',
        '  }',
        '}',
      );
      const printer = w.fresh('printer');
      w.statement(`const ${printer} = new ${name}(${pick.text()});`);
      w.declare(
        'text',
        `['a', ${pick.text()}].map(${pick.one(`${printer}.print`, `(value) => ${printer}.size(value)`)}).join()`,
      );
    },
  },
  {
    name: 'builder',
    write: (w, pick) => {
      const name = w.fresh('Builder');
      w.helper(
        `class ${name} {`,
        '  parts = [];',
        '  add(part) {',
        `    this.parts.push(${pick.one('part', 'part.length')});`,
        '    return this;',
        '  }',
        '  build() {',
        `    return this.parts.join(' ');`,
        '  }',
        '}',
      );
      w.declare('text', `new ${name}().add('start').add(${pick.text()}).build()`);
    },
  },
  {
    name: 'updated copy',
    write: (w, pick) => {
      const field = pick.one('left', 'right');
      w.declare(
        'record',
        pick.one(
          `((state) => ({ ...state, ${field}: ${pick.one("'new'", pick.text())} }))(${pick.record()})`,
          `Object.freeze({ ...${pick.record()} })`,
          `Object.fromEntries(Object.entries(${pick.record()}).map(([key, value]) => [key, ${pick.one('value', "'x'")}]))`,
        ),
      );
    },
  },
  {
    name: 'computed key',
    write: (w, pick) => {
      const [key, copy] = [w.fresh('key'), w.fresh('copy')];
      w.statement(
        `const ${key} = '${pick.one('left', 'right')}';`,
        `const ${copy} = { ...${pick.record()}, [${key}]: ${pick.one(pick.text(), "'fixed'")} };`,
      );
      w.declare('text', `${copy}.${pick.one('left', 'right')}`);
    },
  },
  {
    name: 'array positions',
    write: (w, pick) => {
      const [first, rest] = [w.fresh('first'), w.fresh('rest')];
      w.statement(`const [${first}, ...${rest}] = [${pick.text()}, ${pick.text()}];`);
      w.declare('text', pick.one(first, `${rest}.join()`, `String(${rest}.length)`));
    },
  },
  {
    name: 'optional chain',
    write: (w, pick) => {
      const holder = w.fresh('holder');
      w.statement(`const ${holder} = { inner: { value: ${pick.text()} }, other: undefined };`);
      w.declare(
        'text',
        `String(${pick.one(`${holder}.inner?.value`, `${holder}.other?.value ?? 'missing'`, `${holder}?.inner?.value?.length`)})`,
      );
    },
  },
  {
    name: 'group and find',
    write: (w, pick) =>
      void w.declare(
        'text',
        pick.one(
          `[${pick.text()}].find((item) => item !== '') ?? 'none'`,
          `String(${pick.list()}.some((item) => item.includes('-')))`,
          `[${pick.list()}, ['end']].flat().join()`,
          `String(${pick.list()}.findIndex((item) => item === 'x'))`,
          `${pick.list()}.slice(0, 1).concat('more').join()`,
          `Array.from(${pick.list()}, () => '*').join('')`,
        ),
      ),
  },
  {
    name: 'error with cause',
    write: (w, pick) => {
      const [source, target] = [pick.text(), w.declare('text', "'fine'").name];
      w.statement(
        'try {',
        '  try {',
        `    throw new Error(${source});`,
        '  } catch (cause) {',
        "    throw new Error('outer', { cause });",
        '  }',
        '} catch (error) {',
        `  ${target} = ${pick.one('error.message', 'error.cause.message', 'String(error.cause.message.length)')};`,
        '}',
      );
    },
  },
  {
    name: 'awaited failure',
    write: (w, pick) => {
      if (!w.wrapped) return;
      const name = w.fresh('reject');
      w.helper(`async function ${name}(value) {`, `  throw new Error(${pick.one('value', "'failed'")});`, '}');
      const [source, target] = [pick.text(), w.declare('text', "'fine'").name];
      w.statement('try {', `  await ${name}(${source});`, '} catch (error) {', `  ${target} = error.message;`, '}');
    },
  },
  {
    name: 'settled promises',
    write: (w, pick) => {
      if (!w.wrapped) return;
      const settled = w.fresh('settled');
      w.statement(
        `const ${settled} = await Promise.allSettled([Promise.resolve(${pick.text()}), Promise.reject(new Error('no'))]);`,
      );
      w.declare('text', `String(${settled}[0].${pick.one('value', 'status')})`);
    },
  },
  {
    name: 'late closure',
    write: (w, pick) => {
      const [held, show] = [w.fresh('held'), w.fresh('show')];
      if (!w.wrapped) return;
      w.statement(
        `let ${held} = ${pick.text()};`,
        `const ${show} = () => ${held};`,
        `${held} = ${pick.one("'late'", pick.text())};`,
      );
      w.declare('text', `${show}()`);
    },
  },
  {
    name: 'field removed by function',
    write: (w, pick) => {
      const name = w.fresh('without');
      w.helper(
        `function ${name}(record) {`,
        `  const { ${pick.one('left', 'right')}: _dropped, ...rest } = record;`,
        '  return rest;',
        '}',
      );
      w.declare('text', `JSON.stringify(${name}(${pick.record()}))`);
    },
  },
  {
    name: 'guard that throws',
    write: (w, pick) => {
      const name = w.fresh('check');
      w.helper(
        `const ${name}Known = ['demo', 'test'];`,
        `function ${name}(value) {`,
        `  if (${pick.one(`!${name}Known.includes(value)`, "value === ''")}) throw new Error('not allowed');`,
        '  return value;',
        '}',
      );
      const [source, target] = [pick.text(), w.declare('text', "'refused'").name];
      w.statement('try {', `  ${target} = ${name}(${source});`, '} catch {', `  ${target} = 'caught';`, '}');
    },
  },
];
