#!/usr/bin/env bash
# Runs spillcheck with the inputs of the action and tells its outcome as outputs; the step that follows the upload fails on it.
# Values come in the environment and are handed on as arguments, never as code.
set -euo pipefail

arguments=(scan --format compact --output "sarif=$SPILLCHECK_SARIF_FILE")
summary="$RUNNER_TEMP/spillcheck/summary.md"
annotations="$RUNNER_TEMP/spillcheck/annotations.txt"
report="$RUNNER_TEMP/spillcheck/report.json"
rm -f -- "$summary" "$annotations" "$report"
arguments+=(--output "json=$report")
[ "$SPILLCHECK_SUMMARY" != true ] || arguments+=(--output "markdown=$summary")
[ "$SPILLCHECK_ANNOTATIONS" != true ] || arguments+=(--output "github=$annotations")
[ -z "$SPILLCHECK_CONFIG" ] || arguments+=(--config "$SPILLCHECK_CONFIG")
[ -z "$SPILLCHECK_PROFILE" ] || arguments+=(--profile "$SPILLCHECK_PROFILE")
[ -z "$SPILLCHECK_FAIL_ON" ] || arguments+=(--fail-on "$SPILLCHECK_FAIL_ON")
[ -z "$SPILLCHECK_SINCE" ] || arguments+=(--since "$SPILLCHECK_SINCE")
while IFS= read -r line; do
  [ -z "$line" ] || arguments+=("$line")
done <<< "$SPILLCHECK_ARGUMENTS"
if [ "$SPILLCHECK_CACHE" = true ]; then arguments+=(--cache-dir "$RUNNER_TEMP/spillcheck/cache"); else arguments+=(--no-cache); fi
arguments+=(--)
while IFS= read -r line; do
  [ -z "$line" ] || arguments+=("$line")
done <<< "$SPILLCHECK_PATHS"

# what is scanned names files and writes messages; a line of theirs must not be taken for a command of the runner
token="$(node -p 'require("node:crypto").randomUUID()')"
echo "::stop-commands::$token"
code=0
"$RUNNER_TEMP/spillcheck/program/node_modules/.bin/spillcheck" "${arguments[@]}" || code=$?
echo "::$token::"

[ ! -f "$annotations" ] || cat -- "$annotations"
[ ! -f "$summary" ] || cat -- "$summary" >> "$GITHUB_STEP_SUMMARY"
{
  echo "exit-code=$code"
  if [ -f "$SPILLCHECK_SARIF_FILE" ]; then echo "sarif-file=$SPILLCHECK_SARIF_FILE"; fi
  if [ -f "$report" ]; then
    echo "findings=$(node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).findings.length' "$report")"
  fi
} >> "$GITHUB_OUTPUT"
