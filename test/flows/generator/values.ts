import type { Feature } from './step.js';

/** Assignments, text, records. */
export const VALUES: readonly Feature[] = [
  {
    name: 'concatenation',
    write: (w, pick) =>
      void w.declare('text', pick.one(`${pick.text()} + '-' + ${pick.text()}`, `\`<\${${pick.text()}}>\``)),
  },
  {
    name: 'reassignment',
    write: (w, pick) => {
      const variable = pick.variable('text');
      if (!variable.captured) w.statement(`${variable.name} = ${pick.one("'gone'", pick.text())};`);
    },
  },
  {
    name: 'reassignment in a branch',
    write: (w, pick) => {
      const variable = pick.variable('text');
      const condition = variable.captured ? undefined : w.condition();
      if (condition) w.statement(`if (${condition}) ${variable.name} = ${pick.one("'branch'", pick.text())};`);
    },
  },
  {
    name: 'conditional',
    write: (w, pick) => {
      const condition = w.condition();
      if (condition) w.declare('text', `${condition} ? ${pick.text()} : ${pick.text()}`);
    },
  },
  {
    name: 'logical',
    write: (w, pick) => {
      const condition = w.condition();
      if (!condition) return;
      const first = pick.text();
      w.declare(
        'text',
        pick.one(
          `(${condition} ? '' : ${first}) || ${pick.text()}`,
          `(${condition} ? undefined : ${first}) ?? ${pick.text()}`,
        ),
      );
    },
  },
  {
    name: 'loop accumulation',
    write: (w, pick) => {
      const source = pick.text();
      const { name } = w.declare('text', "''");
      w.statement(`for (const character of ${source}) ${name} += character;`);
    },
  },
  {
    name: 'record literal',
    write: (w, pick) => void w.declare('record', `{ left: ${pick.text()}, right: ${pick.text()} }`),
  },
  { name: 'field read', write: (w, pick) => void w.declare('text', `${pick.record()}.${pick.one('left', 'right')}`) },
  {
    name: 'field write',
    write: (w, pick) =>
      w.statement(`${pick.record()}.${pick.one('left', 'right')} = ${pick.one(pick.text(), "'cleared'")};`),
  },
  {
    name: 'field write in a branch',
    write: (w, pick) => {
      const record = pick.record();
      const condition = w.condition();
      if (condition)
        w.statement(`if (${condition}) ${record}.${pick.one('left', 'right')} = ${pick.one(pick.text(), "''")};`);
    },
  },
  { name: 'alias', write: (w, pick) => void w.declare('record', pick.record()) },
  {
    name: 'spread copy',
    write: (w, pick) =>
      void w.declare(
        'record',
        pick.one(`{ ...${pick.record()} }`, `{ ...${pick.record()}, ${pick.one('left', 'right')}: ${pick.text()} }`),
      ),
  },
  {
    name: 'destructuring',
    write: (w, pick) => {
      const [left, right] = [w.fresh('text'), w.fresh('text')];
      w.statement(`let { left: ${left}, right: ${right} = 'default' } = ${pick.record()};`);
      for (const name of [left, right]) w.variables.push({ name, shape: 'text', captured: false });
    },
  },
  {
    name: 'destructuring with rest',
    write: (w, pick) => {
      const [taken, rest] = [w.fresh('taken'), w.fresh('rest')];
      const field = pick.one('left', 'right');
      w.statement(`const { ${field}: ${taken}, ...${rest} } = ${pick.record()};`);
      w.declare('text', pick.one(taken, `JSON.stringify(${rest})`));
    },
  },
  {
    name: 'swap',
    write: (w, pick) => {
      const [first, second] = [pick.variable('text'), pick.variable('text')];
      if (first.captured || second.captured || first === second) return;
      w.statement(`[${first.name}, ${second.name}] = [${second.name}, ${first.name}];`);
    },
  },
  {
    name: 'switch',
    write: (w, pick) => {
      const [first, second] = [pick.text(), pick.text()];
      const condition = w.condition();
      if (!condition) return;
      const { name } = w.declare('text', "'none'");
      w.statement(
        `switch (${condition}) {`,
        `  case true:`,
        `    ${name} = ${first};`,
        ...(pick.flag() ? ['    break;'] : []),
        `  default:`,
        `    ${name} = ${second};`,
        '}',
      );
    },
  },
];
