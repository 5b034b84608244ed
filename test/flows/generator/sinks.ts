import type { Feature } from './step.js';

/** Places where the program logs. */
export const SINKS: readonly Feature[] = [
  {
    name: 'log',
    write: (w, pick) =>
      w.sink(`console.log(${pick.one(pick.text(), `'text', ${pick.text()}`, pick.record(), pick.list())});`),
  },
  {
    name: 'log a part',
    write: (w, pick) =>
      w.sink(
        `console.log(${pick.one(`{ shown: ${pick.text()} }`, `\`<\${${pick.text()}}>\``, `${pick.record()}.${pick.one('left', 'right')}`)});`,
      ),
  },
  {
    name: 'log by a function of the program',
    write: (w, pick) => {
      const name = w.fresh('log');
      w.helper(
        `function ${name}(label, value) {`,
        `  console.log(label, ${pick.one('value', "'hidden'", 'value.length')});`,
        '}',
      );
      w.sink(`${name}('value', ${pick.text()});`);
    },
  },
];
