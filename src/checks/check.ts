import type { CheckText, FileFilter } from './check-text.js';
import type { ExportRules } from './export/export-rules.js';
import type { TreePath } from './tree-path.js';
import type { WorkflowRules } from './workflow/workflow-rules.js';

/** A setting of a configuration tree. */
export interface SettingCheck extends CheckText, FileFilter {
  /** The entries that are looked at one by one; the root by default. */
  readonly each: readonly TreePath[];
  /** Where below such an entry the setting stands; the entry itself by default. */
  readonly find: readonly TreePath[];
  readonly test: Test;
  /** All must hold somewhere below the entry. */
  readonly with: readonly PlacedTest[];
  /** None may hold below the entry. */
  readonly without: readonly PlacedTest[];
  /** Adjacent settings of one decision share a name: they become one finding, at the check that is listed first. */
  readonly decision: string | undefined;
}

export interface PlacedTest {
  readonly at: readonly TreePath[];
  readonly test: Test;
}

/** Conditions on one node; all that are given must hold. */
export interface Test {
  /** The scalar is one of these (compared as text, letter case ignored). */
  readonly in?: readonly string[];
  /** The scalar's text matches one of these, `*` any run of characters. */
  readonly matches?: readonly string[];
  /** The key under which the node stands matches one of these. */
  readonly key?: readonly string[];
  /** Built-in predicates, see `predicates.ts`, that the scalar, or the command line of the entry, fulfils. */
  readonly is?: readonly string[];
  /** The same of the key. */
  readonly keyIs?: readonly string[];
  readonly permission?: PermissionTest;
  readonly not?: Test;
  /** The node exists (`true`), or does not (`false`; only in `with` and `without`). */
  readonly present?: boolean;
}

/** An entry of an allow-list that allows a whole family: `Bash`, `Bash(python *)`, `run_shell_command(rm)`. */
export interface PermissionTest {
  /** Tools that are dangerous as a whole; empty where the entries are command lines. */
  readonly tools: readonly string[];
  /** Commands that are dangerous with a wildcard behind them, `*` any run of characters. */
  readonly commands: readonly string[];
  /** Tools whose argument is a folder, dangerous for the root or the home folder. */
  readonly folders: readonly string[];
  /** The list matches by prefix: every entry has a wildcard behind it. */
  readonly prefix: boolean;
  /** The entry is the key, not the value: `"npm test": true`. */
  readonly key: boolean;
}

/** A command line, wherever command lines stand. */
export interface CommandCheck extends CheckText {
  /** Programs and packages by name; empty for any program that is not listed as a speaker (`echo`, `grep`). */
  readonly programs: readonly string[];
  /** Words that must follow the program in this order, `*` within a word any run of characters. */
  readonly subcommand: readonly string[];
  /** One must be given: `--flag`, `--flag value`, `-x`. Empty for no such condition. */
  readonly flags: readonly string[];
  /** None of these may be given. */
  readonly without: readonly string[];
  /** The allow-list handed to the first of `flags` is tested word by word. */
  readonly permission?: PermissionTest;
}

/** An environment variable, wherever variables are set. */
export interface VariableCheck extends CheckText, FileFilter {
  readonly names: readonly string[];
  readonly test: Test;
  /** Variables set beside it that make it a finding: all must hold. */
  readonly with: readonly { readonly names: readonly string[]; readonly test: Test }[];
  /** Variables set beside it that make it harmless. */
  readonly without: readonly { readonly names: readonly string[]; readonly test: Test }[];
  readonly decision: string | undefined;
}

/** Where command lines stand in a file. */
export interface CommandSource extends FileFilter {
  /** Below these paths of a tree; empty: the whole text is a script. */
  readonly at: readonly TreePath[];
  /** How the text is read: shell, program text with command lines within its string literals, or one word. */
  readonly as: 'shell' | 'literals' | 'word';
  /** Words before it, where the text is only the arguments: `claude --allowedTools`. */
  readonly before: readonly string[];
}

/** Where environment variables are set in a tree. */
export interface VariableSource extends FileFilter {
  readonly at: readonly TreePath[];
}

/** A text within a tree that is a configuration file of its own: settings handed to an action. */
export interface EmbeddedSource extends FileFilter {
  readonly at: readonly TreePath[];
  /** The path under which such a file would stand: `.claude/settings.json`. */
  readonly path: string;
}

/** All declarative checks, read from `rules/checks`. */
export interface Checks {
  readonly settings: readonly SettingCheck[];
  readonly commands: readonly CommandCheck[];
  readonly variables: readonly VariableCheck[];
  readonly commandSources: readonly CommandSource[];
  readonly variableSources: readonly VariableSource[];
  readonly embedded: readonly EmbeddedSource[];
  /** Programs that only say or search for what follows. */
  readonly speakers: ReadonlySet<string>;
  /** Programs that run the text they are handed. */
  readonly shells: ReadonlySet<string>;
  readonly workflow: WorkflowRules | undefined;
  readonly exports: readonly ExportRules[];
}
