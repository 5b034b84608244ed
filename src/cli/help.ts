/** `spillcheck --help`. Written out, so that printing it loads nothing else; a test holds it against the options that exist. */
export const HELP = `Finds where AI software leaks: secrets, personal data, prompts and model output on their
way into models, logs, telemetry, storage and dangerous operations. Runs offline and
never executes the code it reads.

Usage
  spillcheck [scan] [paths...] [options]   scan files and folders (default: this folder)
  spillcheck secrets [paths...]            look for keys alone, fast enough for a git hook: in files, in what
                                           is staged (--staged), or on standard input (-, which
                                           --stdin-filename <path> names)
  spillcheck baseline [folder] [--prune]   write down what is found now, so that scans fail on what is new
  spillcheck doctor [paths...]             what a scan sees here, what it does not, and what it costs
  spillcheck tools [paths...]              what tools, agents and servers can do (--format table or json)
  spillcheck init [--yes]                  write a configuration, a job for the CI and a git hook
  spillcheck merge <files...> --output <file>
                                           join SARIF files within the limits of GitHub
  spillcheck rules                         list the rules
  spillcheck explain --model <selector>    what the models say of an interface: 'openai#Client.chat*'
  spillcheck explain <what>                a rule, the fingerprint of a finding, or file:line:
                                           what it means, how the data gets there, or why nothing was found

What to scan
  --config <file>        a configuration instead of spillcheck.config.yaml (.yml, .json) or the key
                         spillcheck in package.json, the nearest one upwards
  --no-config            no configuration
  --exclude <glob>       leave out files and folders; may be repeated
                         (.gitignore and .spillcheckignore count anyway)
  --profile <name>       recommended (default), or strict: also rules with more false alarms
  --rule <id>            run this rule only; may be repeated
  --tests                follow data through test files too (they are searched for keys anyway)
  --types                ask the TypeScript compiler where nothing else tells of a type: a little slower
  --jobs <n>             number of workers (default: one per processor)
  --cache-dir <folder>   where to remember what was read (default: the user's cache folder)
  --no-cache             remember nothing

What counts
  --since <ref>          analyse everything, report what touches lines changed since a revision
  --staged               the same for lines that are about to be committed
  --baseline <file>      known findings, instead of .spillcheck/baseline.json
  --no-baseline          no baseline: known findings count too

What to print
  --format <name>        terminal (default), compact, json, sarif, markdown, github (annotations),
                         gitlab (code quality), gitlab-sast, junit or csv
  --output <file>        write the report to a file; <format>=<file> writes that format
                         besides what is printed, and may be repeated
  --include-suppressed   in SARIF, also what is suppressed, marked as such
  --quiet                findings only: no summary and no progress
  --no-color             no colours (also: NO_COLOR; FORCE_COLOR asks for them)

When to fail
  --fail-on <level>      error, warning (default), note or never

  -h, --help             this text
  -v, --version          the version

Exit codes
  0   nothing at or above the --fail-on level
  1   at least one finding at or above it
  2   could not do it: wrong option, missing path, or no file to scan

Examples
  spillcheck                                     scan this folder
  spillcheck src --fail-on error                 fail on errors only
  spillcheck --output sarif=spillcheck.sarif     for code scanning, and read it here too
  spillcheck --rule secret-to-log --format compact
  spillcheck --since origin/main                 for a pull request
  spillcheck secrets --staged                    before a commit
  spillcheck explain prompt-to-log
`;
