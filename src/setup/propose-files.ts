import { configurationText, INSTALLED_SCHEMA } from './configuration-text.js';
import { githubWorkflow } from './github-workflow.js';
import { gitlabJob } from './gitlab-job.js';
import { preCommitHook } from './pre-commit-hook.js';

/** What is known of the repository that is set up. Paths are relative to its root. */
export interface RepositoryFacts {
  /** Whether there is a file or folder at a path. */
  readonly exists: (path: string) => boolean;
  /** The folder in which git looks for hooks; undefined where there is no checkout, or where it lies outside of the repository. */
  readonly hooksFolder: string | undefined;
  /** The branch that others start from. */
  readonly defaultBranch: string;
  /** Version of spillcheck. */
  readonly version: string;
}

/** A file that setting up would write. */
export interface ProposedFile {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
  /** What it is for: "the configuration". */
  readonly purpose: string;
  /** What is left to do by hand once it is there. */
  readonly hint?: string;
}

export interface Proposal {
  readonly files: readonly ProposedFile[];
  /** What cannot be done by writing a file. */
  readonly hints: readonly string[];
}

/** Which files a repository needs: a configuration, a job for the CI that it has (GitHub's where none is seen), and a git hook. */
export function proposeFiles({ exists, hooksFolder, defaultBranch, version }: RepositoryFacts): Proposal {
  const files: ProposedFile[] = [];
  const hints: string[] = [];
  if (CONFIGURATIONS.some(exists)) hints.push('There is a configuration already.');
  else files.push(plain('spillcheck.config.yaml', configurationText(exists(INSTALLED_SCHEMA)), 'the configuration'));
  if (exists('.gitlab-ci.yml')) {
    const hint = 'Add to .gitlab-ci.yml:  include: [{ local: .gitlab/spillcheck.yml }]';
    files.push({ ...plain('.gitlab/spillcheck.yml', gitlabJob(version), 'a job for GitLab'), hint });
  } else if (exists('azure-pipelines.yml')) {
    hints.push('For Azure Pipelines see examples/azure/azure-pipelines.yml of spillcheck.');
  } else {
    files.push(
      plain('.github/workflows/spillcheck.yml', githubWorkflow(version, defaultBranch), 'a workflow for GitHub'),
    );
  }
  if (exists('.pre-commit-config.yaml')) {
    hints.push('For pre-commit see docs/ci.md of spillcheck: the hook is called spillcheck.');
  } else if (hooksFolder === undefined) {
    hints.push('No git hook: there is no checkout here, or its hooks lie elsewhere.');
  } else {
    files.push({ path: `${hooksFolder}/pre-commit`, text: preCommitHook(), executable: true, purpose: 'a git hook' });
  }
  return { files, hints };
}

const CONFIGURATIONS = ['spillcheck.config.yaml', 'spillcheck.config.yml', 'spillcheck.config.json'];

function plain(path: string, text: string, purpose: string): ProposedFile {
  return { path, text, executable: false, purpose };
}
