/** Where a peer finds more, or flags less, in a family that both claim: why, and what would change it. */
export const BEHIND = [
  {
    peer: 'agent-audit-kit',
    family: 'mcp',
    reason:
      'a server on a private address, near a key that says it is made up, and passwords of servers in their environment: the contract calls the one local and the other a placeholder; ours judges versions, folders and authentication',
  },
  {
    peer: 'agent-audit-kit',
    family: 'tls',
    reason: 'a private address, which the contract calls local, and a token in a query, which no rule of ours is about',
  },
  { peer: 'agent-audit', family: 'content', reason: 'it reports nothing there, so it flags nothing either' },
  {
    peer: 'agent-audit',
    family: 'injection',
    reason: 'it reports nothing there; the one that ours flags is not looked into yet',
  },
  { peer: 'bearer', family: 'content', reason: 'it reports nearly every log: of the safe ones, too' },
];

/** What is said of a row that is not ahead; empty where nothing is to be said. */
export function reasonBehind(peer, family) {
  return BEHIND.find((each) => each.peer === peer && each.family === family)?.reason;
}
