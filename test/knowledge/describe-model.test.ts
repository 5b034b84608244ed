import { describe, expect, it } from 'vitest';
import { describeModels } from '../../src/knowledge/describe-model.js';
import { parseModelFile } from '../../src/knowledge/model-file.js';

const FILE = parseModelFile(
  'own.yaml',
  `package: desk
types: { Client: [new Desk, { at: new OldDesk, majors: "<2" }] }
names: { Client: [desk, "*Desk"] }
sinks:
  - { at: "Client.ask(0).messages[].content", kind: model.prompt, when: .role != system }
sources:
  - { at: "Client.ask().text", kind: completion }
  - { at: "Client.on(1)->0.text", kind: completion, majors: ">=2" }
reads:
  - { at: "Client.key", kind: secret.key }
flows:
  redact: [{ flow: "(0) ~> result", clears: [content] }]
settings:
  - { at: Client.ask, rule: provider-retention, when: (0).store = true, message: m, advice: a }
`,
);

describe('what models say of an interface', () => {
  it('is all that is said of a function, and what its alias stands for', () => {
    expect(describeModels([FILE], 'desk#Client.ask')).toEqual([
      [
        'desk#Client.ask   (own.yaml)',
        'Client is new Desk, new OldDesk (major 0 to 1)',
        'or a receiver named desk, *Desk',
        'sink     model.prompt   (0).messages[].content   when .role not in system',
        'source   completion   result.text',
        'setting  provider-retention   when (0).store in true',
      ].join('\n  '),
    ]);
  });

  it.each([
    ['desk', ['Client.ask', 'Client.on', 'Client.key', 'redact']],
    ['desk#Client.…', ['Client.ask', 'Client.on', 'Client.key']],
    ['desk#red*', ['redact']],
    ['other', []],
    ['desk#Client.nothing', []],
  ])('%s matches', (pattern, titles) => {
    const found = describeModels([FILE], pattern).map((block) => block.split('   ')[0]);
    expect(found.sort()).toEqual(titles.map((title) => `desk#${title}`).sort());
  });
});
