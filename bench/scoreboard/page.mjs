import { reasonBehind } from './behind.mjs';
import { FAMILIES } from './families.mjs';

const COMMAND = 'npm run scoreboard -- --trees TREES --labels LABELS --suites SUITES --results RESULTS';

/** `docs/scoreboard.md`, of what suites and trees gave; either may be missing. */
export function scoreboardPage({ suites, rows, peers, versions, race = [], judged, worst }) {
  return [
    '# Scoreboard',
    '',
    '<!-- written by npm run scoreboard -->',
    '',
    "How good it is, measured on code that we did not write: other tools' own test suites, and real repositories with labels that people checked by",
    'hand. What a tool does not claim to find does not count against it; which of its rules stand for which of ours is a table in `bench/scoreboard`.',
    '',
    '```text',
    `npm run build && ${COMMAND}`,
    '```',
    '',
    ...suitesPart(suites),
    ...peersPart(rows, peers, versions),
    ...judgedPart(judged),
    ...timesPart(rows, peers),
    ...racePart(race),
    ...missesPart(suites),
    ...worstPart(worst),
    '',
  ].join('\n');
}

function suitesPart(suites) {
  if (suites.length === 0) return [];
  const head = [
    'Suite',
    'Cases',
    'In scope',
    'Found',
    'Found in strict',
    'Missed, by the contract',
    'Missed, ours to mend',
    'Safe',
    'Flagged',
    'In strict',
    'Alarms elsewhere',
  ];
  return [
    '## Suites of others',
    '',
    'In scope is what our rules are about, by `bench/scoreboard/scope`. Safe are lines and inputs that the suite calls so. Alarms elsewhere are findings of the',
    'same kind, in strict, where the suite expects nothing.',
    '',
    ...markdown(
      head,
      suites.map(({ title, cases, recommended, strict, ours }) => [
        title,
        cases,
        count(recommended, 'true'),
        count(recommended, 'true', true),
        count(strict, 'true', true),
        count(strict, 'true') - count(strict, 'true', true) - ours,
        ours,
        count(recommended, 'safe'),
        count(recommended, 'safe', true),
        count(strict, 'safe', true),
        strict.stray.length,
      ]),
    ),
    '',
    ...searchesPart(suites),
    'Not in scope:',
    '',
    ...markdown(
      ['Suite', 'Why', 'Lines'],
      suites.flatMap(({ title, strict }) =>
        [...strict.outside].sort((left, right) => right[1] - left[1]).map(([reason, lines]) => [title, reason, lines]),
      ),
    ),
    '',
  ];
}

function searchesPart(suites) {
  const searched = suites.filter(({ peers }) => peers.length > 0);
  if (searched.length === 0) return [];
  const head = ['Inputs', 'Tool', 'Secrets', 'Found', 'Safe', 'Flagged'];
  return [
    'The searches for credentials beside each other, on the inputs of two of them; first as the suites say, then by our contract. A tool finds what its own tests',
    'were made of. By the contract, secrets that nobody can use do not count (the next table says which, and why), and safe inputs do not count that hold a whole key',
    'of another kind than the one that the rule at hand is about.',
    '',
    ...markdown(
      [...head, 'Secrets by the contract', 'Found', 'Missed', 'Safe by the contract', 'Flagged'],
      searched.flatMap(({ title, recommended, strict, peers, contract }) =>
        [
          ['spillcheck', recommended],
          ['spillcheck, strict', strict],
          ...peers.map(({ name, result }) => [name, result]),
        ].map(([tool, result]) => searchRow(title, tool, recommended, result, contract)),
      ),
    ),
    '',
    'What does not count by the contract, in the default profile:',
    '',
    ...markdown(
      ['Inputs', 'Places', 'Called', 'Reason'],
      searched.flatMap(({ title, recommended, contract }) =>
        [...tally(recommended.places, contract)].map(([key, places]) => [title, places, ...key.split('\0')]),
      ),
    ),
    '',
  ];
}

function searchRow(title, tool, own, result, contract) {
  const counts = { places: own.places.filter((_, i) => contract[i] === undefined) };
  const sizes = [count(own, 'true'), count(own, 'safe'), count(counts, 'true'), count(counts, 'safe')];
  if (!result) return [title, tool, sizes[0], 'cut off', sizes[1], '–', sizes[2], 'cut off', '–', sizes[3], '–'];
  const left = { places: result.places.filter((_, i) => contract[i] === undefined) };
  const found = count(left, 'true', true);
  const flagged = [count(result, 'safe', true) + result.stray.length, count(left, 'safe', true) + result.stray.length];
  const all = [title, tool, sizes[0], count(result, 'true', true), sizes[1], flagged[0]];
  return [...all, sizes[2], found, sizes[2] - found, sizes[3], flagged[1]];
}

/** How many places each reason explains, the most frequent first. */
function tally(places, contract) {
  const sums = new Map();
  places.forEach(({ verdict }, i) => {
    if (contract[i] === undefined) return;
    const key = `${verdict === 'safe' ? 'safe' : 'a secret'}\0${contract[i]}`;
    sums.set(key, (sums.get(key) ?? 0) + 1);
  });
  return [...sums].sort((left, right) => right[1] - left[1]);
}

function count({ places }, verdict, found) {
  return places.filter((place) => place.verdict === verdict && (!found || place.found)).length;
}

function peersPart(rows, peers, versions) {
  if (rows.length === 0) return [];
  const whole = ['Family', 'Found', 'Flagged, of safe look-alikes'];
  return [
    '## Real repositories',
    '',
    `${rows.length} repositories, ${rows.reduce((sum, { lines }) => sum + lines, 0)} lines of JavaScript and TypeScript; labels that are clear, those in Python left out. All rules of each tool were on (profile`,
    '`strict`).',
    '',
    ...markdown(
      whole,
      familyRows(peers.all, () => true),
    ),
    '',
    ...peers.compared.flatMap(({ name, claims, trees, cut, own, peer }) => [
      `### Beside ${name} ${versions.get(name) ?? ''}`.trim(),
      '',
      `On the ${trees} repositories that it got through${cut > 0 ? `; ${cut} were cut off` : ''}${rest(rows.length - trees - cut)}, in the families that both claim.`,
      '',
      ...markdown(
        ['Family', 'True', 'spillcheck found', `${name} found`, 'Safe', 'spillcheck flagged', `${name} flagged`, ''],
        compareRows(name, claims, own, peer),
      ),
      '',
    ]),
  ];
}

function rest(count) {
  return count > 0 ? `; it was not run on ${count}` : '';
}

function familyRows(scores, wanted) {
  return Object.keys(FAMILIES)
    .filter((family) => scores.has(family) && wanted(family))
    .map((family) => {
      const { found, true: all, flagged, safe } = scores.get(family);
      return [FAMILIES[family].title, `${found} of ${all}`, `${flagged} of ${safe}`];
    });
}

function compareRows(name, claims, own, peer) {
  return Object.keys(FAMILIES)
    .filter((family) => claims.includes(family) && own.has(family))
    .map((family) => {
      const [ours, theirs] = [own.get(family), peer.get(family)];
      return [
        FAMILIES[family].title,
        ...[ours.true, ours.found, theirs.found, ours.safe, ours.flagged, theirs.flagged],
        explainVerdict(name, family, verdict(ours, theirs)),
      ];
    });
}

/** In one word who is ahead; recall and false alarms both count. */
export function verdict(ours, theirs) {
  const recall = Math.sign(ours.found - theirs.found);
  const silence = Math.sign(theirs.flagged - ours.flagged);
  if (recall === 0 && silence === 0) return 'even';
  if (recall >= 0 && silence >= 0) return 'ahead';
  return recall <= 0 && silence <= 0 ? 'behind' : 'mixed';
}

function explainVerdict(name, family, word) {
  const reason = word === 'mixed' || word === 'behind' ? reasonBehind(name, family) : undefined;
  return reason ? `${word}: ${reason}` : word;
}

function timesPart(rows, { compared }) {
  if (rows.length === 0) return [];
  const names = compared.map(({ name }) => name);
  const cell = (own, result) => {
    if (!result) return '–';
    const ratio = `${(result.seconds / own.seconds).toFixed(1)} ×`;
    return result.ended ? `${result.seconds.toFixed(1)} (${ratio})` : `cut off (over ${ratio})`;
  };
  return [
    '## Time and memory',
    '',
    'Seconds of whole processes and, in brackets, how many times as long as spillcheck; one run each, on a machine with two cores that did other work beside it, those of the peers at another',
    'time. Memory is the peak of the process in megabytes. Of the others Semgrep and Bearer track taint.',
    '',
    ...markdown(
      ['Lines', 'spillcheck', ...names, 'MB', ...names.map((name) => `MB, ${name}`)],
      rows.map(({ lines, own, peers }) => [
        lines,
        own.seconds.toFixed(1),
        ...names.map((name) => cell(own, peers.get(name))),
        own.peak?.toFixed(0) ?? '–',
        ...names.map((name) => peers.get(name)?.peak?.toFixed(0) ?? '–'),
      ]),
    ),
    '',
  ];
}

/** Findings of the searches for credentials on the trees, read by hand. */
function judgedPart(judged) {
  if (!judged) return [];
  return [
    '## Credentials on the real repositories, read by hand',
    '',
    ...judged.text,
    '',
    ...markdown(judged.head, judged.rows),
    '',
    ...judged.lists.flatMap(({ text, head, rows }) => [text, '', ...markdown(head, rows), '']),
  ];
}

/** Peers that track taint, beside us. */
function racePart(race) {
  if (race.length === 0) return [];
  const names = [...new Set(race.flatMap(({ peers }) => Object.keys(peers)))];
  const rows = [...race].sort((left, right) => left.lines - right.lines);
  return [
    '## Beside what else tracks taint, in one run',
    '',
    'Seconds of the processor, which other work on the machine changes little, of whole processes one after the other on each repository of more than 20,000 lines',
    '(`node bench/race.mjs`). A peer was cut off at a multiple of our time: only who is faster was asked.',
    '',
    ...markdown(
      ['Lines', 'spillcheck', ...names],
      rows.map(({ lines, own, peers }) => [
        lines,
        own.toFixed(1),
        ...names.map((name) => {
          const result = peers[name];
          if (!result) return '–';
          if (result.processor === null) return 'cut off after an hour';
          const ratio = `${(result.processor / own).toFixed(1)} ×`;
          return result.ended ? `${result.processor.toFixed(1)} (${ratio})` : `cut off (over ${ratio})`;
        }),
      ]),
    ),
    '',
  ];
}

/** The worst misses and false alarms that suites and trees showed, and what became of each. */
function worstPart(worst) {
  if (!worst) return [];
  const head = ['', 'Seen', 'What', 'What became of it'];
  const part = (title, entries) => [
    '',
    `### ${title}`,
    '',
    ...markdown(
      head,
      entries.map(({ seen, what, outcome }, i) => [i + 1, seen, what, outcome]),
    ),
  ];
  return [
    '',
    '## The worst of it',
    '',
    ...worst.text,
    ...part('Misses', worst.misses),
    ...part('False alarms', worst.alarms),
  ];
}

function missesPart(suites) {
  if (suites.length === 0) return [];
  return [
    '## Why places of the suites are missed',
    '',
    'In the profile `strict`. What is ours to mend stands among the [known limits](known-limits.md).',
    '',
    ...markdown(['Suite', 'Places', 'Reason'], explained(suites, 'missed')),
    '',
    '## Why safe places of the suites are flagged',
    '',
    ...markdown(['Suite', 'Places', 'Reason'], explained(suites, 'flagged')),
  ];
}

function explained(suites, which) {
  return suites.flatMap(({ title, [which]: reasons }) =>
    [...reasons].sort((left, right) => right[1] - left[1]).map(([reason, places]) => [title, places, reason]),
  );
}

function markdown(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    `|${head.map((_, i) => (i === 0 ? '---' : '--:')).join('|')}|`,
    ...rows.map((row) => line(row.map(String))),
  ];
}
