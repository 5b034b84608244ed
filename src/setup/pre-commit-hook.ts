/** A git hook that scans what is about to be committed. */
export function preCommitHook(): string {
  return `#!/bin/sh
# Written by spillcheck init: scans what is about to be committed. git commit --no-verify goes past it.
exec npx --no-install spillcheck --staged --quiet
`;
}
