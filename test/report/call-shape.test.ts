import { describe, expect, test } from 'vitest';
import { callShape } from '../../src/report/call-shape.js';

describe('callShape', () => {
  test.each([
    ["console.log('got', user.email)", "(',user.email)"],
    ['console.log("other words",user.email)', "(',user.email)"],
    ['console.log(\n  `words`, // why\n  user.email, /* what */\n)', "(',user.email)"],
    ['logger.info({ to: user.email })', '({to:user.email})'],
    ['this.#audit(user.email)', '(user.email)'],
    ['await (await client()).log(load(key), key)', '(())((key),key)'],
    [`log(\`a \${user.email} b \${f(\`x \${id}\`)} c\`)`, '(`user.email,(`id`)`)'],
    ["log('it\\'s', user.email)", "(',user.email)"],
    ['log(`no placeholder`)', "(')"],
    [`log({ a: 'x', b: \`\${'}'}\${email}\` })`, "({a:',b:`',email`})"],
  ])('%s', (code, shape) => {
    expect(callShape(code)).toBe(shape);
  });

  test('what differs in data differs', () => {
    expect(callShape('log(user.email)')).not.toBe(callShape('log(user.phone)'));
  });

  test('of long code nothing is kept, and broken code ends', () => {
    expect(callShape(`create({ ${'temperature: one, '.repeat(20)} })`)).toBe('');
    expect(callShape('x'.repeat(5_000))).toBe('');
    for (const code of ["log('open", 'log(`open ${', 'log(/* open', 'log(}', ''])
      expect(typeof callShape(code)).toBe('string');
  });
});
