import type { Feature } from './step.js';

/** Classes and modules. */
export const OBJECTS: readonly Feature[] = [
  {
    name: 'class',
    write: (w, pick) => {
      const name = w.fresh('Holder');
      const field = pick.one('this.value', 'this.#value', 'this.other');
      w.helper(
        `class ${name} {`,
        '  #value;',
        "  other = 'other';",
        '  constructor(value) {',
        '    this.#value = value;',
        '    this.value = value;',
        '  }',
        '  show() {',
        `    return ${field};`,
        '  }',
        '}',
      );
      w.declare('text', `new ${name}(${pick.text()}).show()`);
    },
  },
  {
    name: 'inheritance',
    write: (w, pick) => {
      const [base, derived] = [w.fresh('Base'), w.fresh('Derived')];
      w.helper(
        `class ${base} {`,
        '  constructor(value) {',
        '    this.value = value;',
        '  }',
        '  show() {',
        '    return this.text();',
        '  }',
        '  text() {',
        `    return ${pick.one('this.value', "'base'")};`,
        '  }',
        '}',
        `class ${derived} extends ${base} {`,
        '  text() {',
        `    return ${pick.one('super.text()', "'derived'", 'this.value.toUpperCase()')};`,
        '  }',
        '}',
      );
      w.declare('text', `new ${pick.one(derived, base)}(${pick.text()}).show()`);
    },
  },
  {
    name: 'accessors',
    write: (w, pick) => {
      const name = w.fresh('box');
      w.statement(
        `const ${name} = {`,
        "  held: '',",
        '  get content() {',
        `    return ${pick.one('this.held', "'fixed'", 'String(this.held.length)')};`,
        '  },',
        '  set content(value) {',
        `    this.held = ${pick.one('value', "'ignored'")};`,
        '  },',
        '};',
        `${name}.content = ${pick.text()};`,
      );
      w.declare('text', `${name}.content`);
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
        '    this.parts.push(part);',
        '    return this;',
        '  }',
        '  build() {',
        `    return ${pick.one("this.parts.join(' ')", 'String(this.parts.length)')};`,
        '  }',
        '}',
      );
      w.declare('text', `new ${name}().add('start').add(${pick.text()}).build()`);
    },
  },
  {
    name: 'injection',
    write: (w, pick) => {
      const [inner, outer] = [w.fresh('Inner'), w.fresh('Outer')];
      w.helper(
        `class ${inner} {`,
        '  constructor(value) {',
        '    this.value = value;',
        '  }',
        '  get() {',
        `    return ${pick.one('this.value', "'inner'")};`,
        '  }',
        '}',
        `class ${outer} {`,
        '  constructor(inner) {',
        '    this.inner = inner;',
        '  }',
        '  show(extra) {',
        `    return ${pick.one('this.inner.get() + extra', 'extra', 'this.inner.get()')};`,
        '  }',
        '}',
      );
      w.declare('text', `new ${outer}(new ${inner}(${pick.text()})).show(${pick.text()})`);
    },
  },
  {
    name: 'module function',
    write: (w, pick) => {
      const name = w.fresh('remote');
      const body = pick.one('first + second', 'second', `\`\${first}\``, "'constant'", 'String(first.length)');
      w.module([name], [`export function ${name}(first, second) {`, `  return ${body};`, '}'], pick.flag());
      w.declare('text', `${name}(${pick.text()}, ${pick.text()})`);
    },
  },
  {
    name: 'module constant',
    write: (w, pick) => {
      const name = w.fresh('constant');
      w.module(
        [name],
        [`export const ${name} = ${pick.one("process.env.SPILL_SECRET ?? ''", "'remote text'")};`],
        pick.flag(),
      );
      w.declare('text', name);
    },
  },
  {
    name: 'module state',
    write: (w, pick) => {
      const [put, take, held] = [w.fresh('put'), w.fresh('take'), w.fresh('held')];
      w.module(
        [put, take],
        [
          `let ${held} = 'empty';`,
          `export function ${put}(value) {`,
          `  ${held} = value;`,
          '}',
          `export function ${take}() {`,
          `  return ${pick.one(held, `String(${held}.length)`)};`,
          '}',
        ],
        pick.flag(),
      );
      w.statement(`${put}(${pick.text()});`);
      w.declare('text', `${take}()`);
    },
  },
  {
    name: 'module class',
    write: (w, pick) => {
      const name = w.fresh('Remote');
      w.module(
        [name],
        [
          `export class ${name} {`,
          '  constructor(value) {',
          '    this.value = value;',
          '  }',
          '  show() {',
          `    return ${pick.one('this.value', "'class'")};`,
          '  }',
          '}',
        ],
        pick.flag(),
      );
      w.declare('text', `new ${name}(${pick.text()}).show()`);
    },
  },
];
