import type { Feature } from './step.js';

/** Functions, closures, recursion, errors. */
export const FUNCTIONS: readonly Feature[] = [
  {
    name: 'function',
    write: (w, pick) => {
      const name = w.fresh('change');
      const body = pick.one('first + second', 'second', "first.length + 'x'", `\`\${first}\``, "'constant'");
      w.helper(`function ${name}(first, second) {`, `  return ${body};`, '}');
      w.declare('text', `String(${name}(${pick.text()}, ${pick.text()}))`);
    },
  },
  {
    name: 'early return',
    write: (w, pick) => {
      const condition = w.condition();
      if (!condition) return;
      const name = w.fresh('choose');
      w.helper(
        `function ${name}(flag, value) {`,
        `  if (flag) return ${pick.one("'early'", 'value')};`,
        `  return ${pick.one('value', "'late'")};`,
        '}',
      );
      w.declare('text', `${name}(${condition}, ${pick.text()})`);
    },
  },
  {
    name: 'function that writes its parameter',
    write: (w, pick) => {
      const name = w.fresh('store');
      w.helper(
        `function ${name}(target, value) {`,
        `  target.${pick.one('left', 'right')} = ${pick.one('value', "'written'")};`,
        '}',
      );
      w.statement(`${name}(${pick.record()}, ${pick.text()});`);
    },
  },
  { name: 'closure', write: (w, pick) => void w.declare('thunk', `() => ${pick.captured()}`) },
  { name: 'closure called', write: (w, pick) => void w.declare('text', `${pick.variable('thunk').name}()`) },
  {
    name: 'closure with state',
    write: (w, pick) => {
      const name = w.fresh('cell');
      w.helper(
        `function ${name}() {`,
        "  let held = 'empty';",
        '  return { put: (value) => { held = value; }, take: () => held, size: () => String(held.length) };',
        '}',
      );
      const cell = w.fresh('instance');
      w.statement(`const ${cell} = ${name}();`, `${cell}.put(${pick.text()});`);
      w.declare('text', `${cell}.${pick.one('take', 'size')}()`);
    },
  },
  {
    name: 'higher order',
    write: (w, pick) => {
      const name = w.fresh('apply');
      w.helper(`const ${name} = (change) => (value) => change(value);`);
      w.declare(
        'text',
        `${name}((value) => ${pick.one('value', `\`\${value}!\``, "'dropped'", 'value.length + value')})(${pick.text()})`,
      );
    },
  },
  {
    name: 'default and rest parameters',
    write: (w, pick) => {
      const name = w.fresh('gather');
      w.helper(
        `function ${name}(head = 'default', ...tail) {`,
        `  return ${pick.one('head', "tail.join('+')", 'head + tail.length')};`,
        '}',
      );
      w.declare('text', `${name}(${pick.one(pick.text(), 'undefined')}, ${pick.text()}, 'end')`);
    },
  },
  {
    name: 'recursion',
    write: (w, pick) => {
      const name = w.fresh('repeat');
      w.helper(
        `function ${name}(value, turns) {`,
        `  return turns === 0 ? ${pick.one('value', "''")} : ${name}(${pick.one("value + '.'", 'value')}, turns - 1);`,
        '}',
      );
      w.declare('text', `${name}(${pick.text()}, 2)`);
    },
  },
  {
    name: 'bind',
    write: (w, pick) => {
      const name = w.fresh('greet');
      w.helper(
        `function ${name}(first, second) {`,
        `  return ${pick.one('this.tag + second', 'first', 'this.tag')};`,
        '}',
      );
      const given = `({ tag: ${pick.text()} }, ${pick.text()}, 'x')`;
      w.declare('text', pick.one(`${name}.bind${given}()`, `${name}.call${given}`));
    },
  },
  {
    name: 'tagged template',
    write: (w, pick) => {
      const name = w.fresh('tag');
      w.helper(
        `function ${name}(strings, ...values) {`,
        `  return ${pick.one('values.join()', 'strings.join()', 'strings[0] + values[0]')};`,
        '}',
      );
      w.declare('text', `${name}\`a\${${pick.text()}}b\``);
    },
  },
  {
    name: 'generator',
    write: (w, pick) => {
      const name = w.fresh('produce');
      w.helper(
        `function* ${name}(first, second) {`,
        `  yield ${pick.one('first', "'one'")};`,
        `  yield ${pick.one('second', 'first.length')};`,
        '}',
      );
      w.declare('list', `[...${name}(${pick.text()}, ${pick.text()})].map(String)`);
    },
  },
  {
    name: 'error message',
    write: (w, pick) => {
      const source = pick.text();
      const { name } = w.declare('text', "'no error'");
      w.statement(
        'try {',
        `  throw new Error(${pick.one(source, "'constant'", `\`bad \${${source}}\``)});`,
        '} catch (error) {',
      );
      w.statement(`  ${name} = ${pick.one('error.message', 'error.name', "'caught'")};`, '}');
    },
  },
  {
    name: 'error across functions',
    write: (w, pick) => {
      const name = w.fresh('fail');
      w.helper(
        `function ${name}(value) {`,
        `  throw ${pick.one('new Error(value)', "new Error('failed')", '{ message: value }')};`,
        '}',
      );
      const source = pick.text();
      const target = w.declare('text', "'no error'").name;
      w.statement('try {', `  ${name}(${source});`, '} catch (error) {', `  ${target} = error.message;`, '}');
    },
  },
];
