import { expect, test } from 'vitest';
import { keyPathAt } from '../../src/secrets/key-path.js';

test.each([
  [
    'json',
    '{"mcpServers": {"search": {"args": ["a", "b"], "env": {"API_KEY": "@"}}}}',
    'mcpServers.search.env.API_KEY',
  ],
  ['json', '{"a": "x:{", "list": [{"b": 1}, {"c": "@"}]}', 'list.1.c'],
  ['yaml', 'services:\n  app:\n    image: x\n    environment:\n      TOKEN: "@"\n', 'services.app.environment.TOKEN'],
  ['yaml', 'jobs:\n- name: a\n  env:\n    KEY: @\n', 'jobs.env.KEY'],
  ['ini', 'name = "x"\n[server.auth]\nport = 1\ntoken = "@"\n', 'server.auth.token'],
  ['ini', 'token = "@"', 'token'],
  ['code', 'const a = "@"', undefined],
] as const)('%s: %s', (syntax, text, expected) => {
  expect(keyPathAt(text, text.indexOf('@'), syntax)).toBe(expected);
});
