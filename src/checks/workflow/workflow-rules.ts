import type { CheckText, FileFilter } from '../check-text.js';

/** What is known of CI workflows that run agents: data of `rules/checks`. */
export interface WorkflowRules extends FileFilter {
  readonly events: readonly EventRule[];
  /** Expressions that hold text which anyone can write, `*` any run of characters: `github.event.issue.body`. */
  readonly text: readonly string[];
  /** Expressions that name such text, so that an agent can fetch it: `github.event.issue.number`. */
  readonly pointers: readonly string[];
  /** Pieces of script by which a step fetches such text: `gh issue view`. */
  readonly fetches: readonly string[];
  /** Expressions that name the head of someone else's pull request, when checked out. */
  readonly heads: readonly string[];
  /** Pieces of a condition that only a trusted author of the text fulfils: `author_association`. */
  readonly authorGates: readonly string[];
  /** Pieces of a condition that only a trusted actor of the event fulfils: `github.actor ==`. */
  readonly actorGates: readonly string[];
  /** Pieces of a step that asks for the author's permission. */
  readonly permissionChecks: readonly string[];
  readonly agents: readonly AgentRule[];
  /** Text of the finding for untrusted text that reaches an agent. */
  readonly untrusted: CheckText;
  /** Text of the finding for an agent's answer that becomes part of a shell script. */
  readonly shell: CheckText;
  /** Text of the finding for an agent's answer that becomes part of a program text. */
  readonly script: CheckText;
  /** Actions whose input is program text, as `owner/name#input`. */
  readonly scriptInputs: readonly string[];
}

export interface EventRule {
  readonly event: string;
  /** Activity types that someone else than the author of the text raises. */
  readonly maintainer: readonly string[];
  /** Activity types that run when none are named. */
  readonly types: readonly string[];
  /** Expressions that hold something on this event, `*` any run of characters. */
  readonly carries: readonly string[];
}

/** An action or a program that runs an agent. */
export interface AgentRule {
  /** For people: `Claude Code`. */
  readonly name: string;
  /** `owner/name`, `*` any run of characters; empty for programs. */
  readonly actions: readonly string[];
  /** Programs started by `run`. */
  readonly programs: readonly string[];
  /** Words that must follow the program. */
  readonly subcommand: readonly string[];
  /** Inputs that carry text to the model. */
  readonly prompts: readonly string[];
  /** Inputs that name a file with the prompt. */
  readonly promptFiles: readonly string[];
  /** The action fetches the issue, comment or pull request by itself. */
  readonly readsEvent: boolean;
  /** … only where none of these inputs is given. */
  readonly readsEventUnless: readonly string[];
  /** … on these events (`issues.labeled`) also for other people's text, where the named input is given ('' for always). */
  readonly readsEventOn: Readonly<Record<string, string>>;
  /** Refuses actors without write permission. */
  readonly refusesOutsiders: boolean;
  /** Inputs that open it to them all when their list holds `*`, and the input without which they do nothing ('' for none). */
  readonly opens: readonly { readonly input: string; readonly needs: string }[];
  /** Brings a write token of its own unless this input is given; '' for none. */
  readonly ownTokenUnless: string;
  /** Runs any tool without being asked; `flags` and `inputs` say when, `always` by default, and `narrowed` what restrains it. */
  readonly broadAlways: boolean;
  readonly broadFlags: readonly string[];
  readonly broadInputs: readonly { readonly input: string; readonly matches: readonly string[] }[];
  readonly narrowedBy: readonly { readonly input: string; readonly matches: readonly string[] }[];
  /** Only answers with text: no tools, unless one of `broadInputs` says so. */
  readonly textOnly: boolean;
  /** Inputs that hold arguments of the program, read as a command line. */
  readonly argumentInputs: readonly string[];
  /** Outputs that hold what the model wrote. */
  readonly outputs: readonly string[];
}
