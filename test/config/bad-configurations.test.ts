import { expect, test } from 'vitest';
import { type Files, refuse } from './support.js';

const NAME = 'spillcheck.config.yaml';
const yaml = (text: string, others: Files = {}): Files => ({ [NAME]: text, ...others });

/** What people write, and what they are told: read the right column as they would. */
const CASES: readonly (readonly [what: string, files: Files])[] = [
  ['a misspelt setting', yaml('profile: strict\nexlude: [dist]\n')],
  ['a setting that is none', yaml('colour: red\n')],
  ['a misspelt rule', yaml('rules:\n  prompt-to-logs: off\n')],
  ['a rule that there is not', yaml('rules:\n  no-console: error\n')],
  ['a misspelt level', yaml('rules:\n  prompt-to-log: warn\n')],
  ['a switch that is no level', yaml('rules:\n  prompt-to-log: false\n')],
  ['a misspelt profile', yaml('profile: recomended\n')],
  ['a list where a text belongs', yaml('profile: [strict]\n')],
  ['a number where texts belong', yaml('exclude:\n  - dist\n  - 3\n')],
  ['a map where a list belongs', yaml('overrides:\n  files: "test/**"\n')],
  ['a list as configuration', yaml('- strict\n')],
  ['a text as configuration', yaml('strict\n')],
  ['two faults at once', yaml('jobs: 0\nfailOn: errors\n')],
  ['a fraction of a job', yaml('jobs: 1.5\n')],
  ['an override without files', yaml('overrides:\n  - rules: { prompt-to-log: off }\n')],
  ['a misspelt key of an override', yaml('overrides:\n  - file: "test/**"\n    files: a\n    rules: {}\n')],
  ['a key twice', yaml('profile: strict\nprofile: recommended\n')],
  ['broken YAML', yaml('rules:\n  prompt-to-log: off\n bad: [\n')],
  ['a tag that would make an object', yaml('exclude: !!js/function "() => 1"\n')],
  ['JSON with a comment', { 'spillcheck.config.json': '{\n  // strict\n  "profile": "strict"\n}\n' }],
  ['JSON that ends early', { 'spillcheck.config.json': '{ "profile": "strict"' }],
  ['a fault in package.json', { 'package.json': '{\n  "name": "x",\n  "spillcheck": { "profil": "strict" }\n}\n' }],
  ['a glob with an open bracket', yaml('exclude: ["src/[ab"]\n')],
  ['a glob that leads out', yaml('include: ["../other/**"]\n')],
  ['a configuration that extends what is not there', yaml('extends: ./base.yaml\n')],
  ['a configuration that extends itself', yaml('extends: base.yaml\n', { 'base.yaml': `extends: ${NAME}\n` })],
  ['a fault in what is extended', yaml('extends: base.yaml\n', { 'base.yaml': '\nruls: {}\n' })],
  ['a model file elsewhere', yaml('models: [../models.yaml]\n')],
  ['a model file by its absolute path', yaml('models: /etc/hosts\n')],
  ['a model file in the home folder', yaml('models: ~/models.yaml\n')],
  ['a model file behind a link', yaml('models: models.yaml\n', { 'models.yaml': { link: '/etc/hosts' } })],
  ['a folder as a model file', yaml('models: folder\n', { 'folder/x.yaml': '' })],
  ['a data class of no family', yaml('data:\n  customer.number: [customer number]\n')],
  ['a name that is no pattern', yaml('data:\n  personal.patient-id: [patientId]\n')],
  ['a redactor from nowhere', yaml('redactors:\n  - { name: scrub, clears: [personal] }\n')],
  ['a redactor that clears what is nothing', yaml('redactors:\n  - { name: scrub, package: x, clears: [personel] }\n')],
  ['a policy that does not ship', yaml('policies: [gdpr-special-category]\n')],
  ['a policy with a misspelt data class', yaml('policies:\n  - name: ours\n    data:\n      personal.helth: never\n')],
  [
    'a policy with a recipient that nobody knows',
    yaml('policies:\n  - name: ours\n    data:\n      personal.email: [azure-eu, opena]\n'),
  ],
  ['a policy with a misspelt word', yaml('policies:\n  - name: ours\n    data:\n      secret: nevr\n')],
  ['a policy that forbids nobody', yaml('policies:\n  - name: ours\n    data:\n      secret: { never: [] }\n')],
  ['a recipient of whom nothing is said', yaml('recipients:\n  azure-eu: {}\n')],
  ['a recipient with a misspelt key', yaml('recipients:\n  azure-eu: { hosts: "*.openai.azure.com" }\n')],
  ['a suppression without a reason', yaml('suppressions:\n  - { rule: mcp-unpinned-server, files: .mcp.json }\n')],
  ['a suppression of everything', yaml('suppressions:\n  - reason: noise\n')],
  [
    'a suppression until a day that there is not',
    yaml('suppressions:\n  - { rule: mcp-unpinned-server, files: a, reason: b, until: 2027-13-01 }\n'),
  ],
  ['aliases that multiply', yaml(bomb())],
  ['a prototype', yaml('rules: { __proto__: { prompt-to-log: off } }\n')],
  ['a cache elsewhere', yaml('cache: /tmp/cache\n')],
];

test('every bad configuration is refused with its place, and with words that help', () => {
  const told = CASES.map(([what, files]) => `${what}\n    ${refuse(files)}`).join('\n');
  expect(`\n${told}\n`).toMatchInlineSnapshot(`
    "
    a misspelt setting
        spillcheck.config.yaml:2:1: there is no setting 'exlude', did you mean exclude?
    a setting that is none
        spillcheck.config.yaml:1:1: there is no setting 'colour'; here may stand cache, data, exclude, extends, failOn, include, jobs, lexicon, models, overrides, policies, profile, recipients, redactors, rules, secrets, suppressions, tests, types
    a misspelt rule
        spillcheck.config.yaml:2:3: there is no rule 'prompt-to-logs', did you mean prompt-to-log?
    a rule that there is not
        spillcheck.config.yaml:2:3: there is no rule 'no-console'; spillcheck rules lists all
    a misspelt level
        spillcheck.config.yaml:2:18: 'warn' is not possible here, did you mean warning?
    a switch that is no level
        spillcheck.config.yaml:2:18: false is not possible here: expected error, warning, note, off
    a misspelt profile
        spillcheck.config.yaml:1:10: 'recomended' is not possible here, did you mean recommended?
    a list where a text belongs
        spillcheck.config.yaml:1:10: a list is not possible here: expected recommended, strict
    a number where texts belong
        spillcheck.config.yaml:3:5: 'exclude': expected a text, found the number 3
    a map where a list belongs
        spillcheck.config.yaml:2:3: 'overrides': expected a list, found a map
    a list as configuration
        spillcheck.config.yaml:1:1: a configuration is a map of settings: expected a map, found a list
    a text as configuration
        spillcheck.config.yaml:1:1: a configuration is a map of settings: expected a map, found 'strict'
    two faults at once
        spillcheck.config.yaml:1:7: 'jobs' must be at least 1 (and 1 more)
    a fraction of a job
        spillcheck.config.yaml:1:7: 'jobs': expected a whole number, found the number 1.5
    an override without files
        spillcheck.config.yaml:2:5: 'files' is missing
    a misspelt key of an override
        spillcheck.config.yaml:2:5: there is no setting 'file', did you mean files?
    a key twice
        spillcheck.config.yaml:2:1: is no valid YAML: this key stands here twice
    broken YAML
        spillcheck.config.yaml:3:1: is no valid YAML: All mapping items must start at the same column
    a tag that would make an object
        spillcheck.config.yaml:1:10: is no valid YAML: tags are not understood
    JSON with a comment
        spillcheck.config.json:2:3: is no valid JSON: Expected property name or '}'
    JSON that ends early
        spillcheck.config.json:1:22: is no valid JSON: Expected ',' or '}' after property value
    a fault in package.json
        package.json:3:19: there is no setting 'profil', did you mean profile?
    a glob with an open bracket
        spillcheck.config.yaml:1:11: the glob 'src/[ab' has an unclosed bracket, so it matches nothing
    a glob that leads out
        spillcheck.config.yaml:1:11: the glob '../other/**' leads out of the folder of the configuration
    a configuration that extends what is not there
        spillcheck.config.yaml:1:10: there is no file './base.yaml'
    a configuration that extends itself
        base.yaml:1:10: 'spillcheck.config.yaml' extends this file itself
    a fault in what is extended
        base.yaml:2:1: there is no setting 'ruls', did you mean rules?
    a model file elsewhere
        spillcheck.config.yaml:1:10: '../models.yaml' leads out of the repository
    a model file by its absolute path
        spillcheck.config.yaml:1:9: '/etc/hosts' is not relative to the repository
    a model file in the home folder
        spillcheck.config.yaml:1:9: '~/models.yaml' is not relative to the repository
    a model file behind a link
        spillcheck.config.yaml:1:9: 'models.yaml' leads out of the repository through a link
    a folder as a model file
        spillcheck.config.yaml:1:9: 'folder' is no file
    a data class of no family
        spillcheck.config.yaml:2:3: 'customer.number' is no data class: it begins with personal. or secret., or is neutral or none
    a name that is no pattern
        spillcheck.config.yaml:2:25: 'patientId' is no word of small letters and digits
    a redactor from nowhere
        spillcheck.config.yaml:2:5: a redactor needs either a package or a file
    a redactor that clears what is nothing
        spillcheck.config.yaml:2:41: 'personel' is not possible here, did you mean personal?
    a policy that does not ship
        spillcheck.config.yaml:1:12: 'gdpr-special-category' is not possible here, did you mean gdpr-special-categories?
    a policy with a misspelt data class
        spillcheck.config.yaml:4:7: there is no data class 'personal.helth', did you mean personal.health?
    a policy with a recipient that nobody knows
        spillcheck.config.yaml:4:24: there is no recipient 'azure-eu'; define it under recipients
    a policy with a misspelt word
        spillcheck.config.yaml:4:15: 'nevr' is not possible here, did you mean never?
    a policy that forbids nobody
        spillcheck.config.yaml:4:24: 'never' is empty
    a recipient of whom nothing is said
        spillcheck.config.yaml:2:13: a recipient needs a provider, host or sink
    a recipient with a misspelt key
        spillcheck.config.yaml:2:15: there is no setting 'hosts', did you mean host?
    a suppression without a reason
        spillcheck.config.yaml:2:5: 'reason' is missing
    a suppression of everything
        spillcheck.config.yaml:2:5: a suppression needs a rule and files, or a fingerprint
    a suppression until a day that there is not
        spillcheck.config.yaml:2:62: 'until' is no day such as 2027-01-31
    aliases that multiply
        spillcheck.config.yaml:1:1: Excessive alias count indicates a resource exhaustion attack
    a prototype
        spillcheck.config.yaml:1:10: '__proto__' is no key
    a cache elsewhere
        spillcheck.config.yaml:1:8: 'cache': expected true or false, found '/tmp/cache'
    "
  `);
});

/** Nine lists of nine aliases each: half a billion values. */
function bomb(): string {
  const names = [...'abcdefghi'];
  const lists = names.map(
    (name, i) =>
      `  - &${name} [${Array(9)
        .fill(i === 0 ? 'x' : `*${names[i - 1]}`)
        .join(', ')}]`,
  );
  return `exclude:\n${lists.join('\n')}\n`;
}
