/** `spillcheck --help`. Written out, so that printing it loads nothing else; a test holds it against the options that exist. */
export const HELP = `Finds where AI software leaks: secrets, personal data, prompts and model output on their
way into models, logs, telemetry, storage and dangerous operations. Runs offline and
never executes the code it reads.

Usage
  spillcheck [scan] [paths...] [options]   scan files and folders (default: this folder)
  spillcheck rules                         list the rules
  spillcheck explain <rule>                what a rule finds, why it matters, how to fix it

What to scan
  --exclude <glob>       leave out files and folders; may be repeated
                         (.gitignore and .spillcheckignore count anyway)
  --profile <name>       recommended (default), or strict: also rules with more false alarms
  --rule <id>            run this rule only; may be repeated
  --jobs <n>             number of workers (default: one per processor)

What to print
  --format <name>        terminal (default), compact, json or sarif
  --output <file>        write the report to a file; <format>=<file> writes that format
                         besides what is printed, and may be repeated
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
  spillcheck explain prompt-to-log
`;
