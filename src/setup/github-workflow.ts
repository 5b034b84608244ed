import { PINNED_ACTIONS } from './pinned-actions.js';

/**
 * A workflow for GitHub: annotations on the pull request, results in code scanning. The job may write nothing but these results, and
 * what comes from a fork is only scanned.
 *
 * @param version of spillcheck that it runs
 * @param branch on which it runs beside pull requests
 */
export function githubWorkflow(version: string, branch: string): string {
  return `name: spillcheck

on:
  push:
    branches: [${/^[\w./-]+$/.test(branch) ? branch : JSON.stringify(branch)}]
  pull_request:

permissions:
  contents: read

jobs:
  spillcheck:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read
      security-events: write # to show the results in code scanning
    steps:
      - uses: ${PINNED_ACTIONS.checkout}
        with:
          persist-credentials: false
      - uses: ${PINNED_ACTIONS.setupNode}
        with:
          node-version: 22
      - name: Scan
        run: npx --yes spillcheck@${version} --format github --output sarif=spillcheck.sarif
      - name: Show in code scanning
        # a pull request from a fork has a token that may not write
        if: \${{ !cancelled() && hashFiles('spillcheck.sarif') != '' && github.event.pull_request.head.repo.fork != true }}
        uses: ${PINNED_ACTIONS.uploadSarif}
        with:
          sarif_file: spillcheck.sarif
`;
}
