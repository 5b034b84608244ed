/** Bounds of the configuration checks, counted in nodes and characters. */
export interface CheckLimits {
  /** Nodes of one tree, aliases expanded. Why: real settings and workflow exports stay below 100,000; alias bombs do not. */
  readonly treeNodes: number;
  /** Nesting of one tree. Why: parsers and path patterns recurse; settings nest about ten deep. */
  readonly treeDepth: number;
  /** Brackets open at once, and characters of indentation, of a text that is parsed. Why: parsers recurse before the tree is there. */
  readonly textDepth: number;
  /** Characters of one file that are read as a tree. Why: larger ones are data, not settings. */
  readonly treeCharacters: number;
  /** Words of one command text. Why: generated scripts. */
  readonly commandWords: number;
}

export const CHECK_LIMITS: CheckLimits = {
  treeNodes: 200_000,
  treeDepth: 100,
  textDepth: 500,
  treeCharacters: 4_000_000,
  commandWords: 200_000,
};
