#!/usr/bin/env bash
# Installs spillcheck outside of the checkout, without running any package's scripts. Values come in the environment, never as code.
set -euo pipefail

major="$(node -p 'process.versions.node.split(".")[0]')"
if [ "$major" -lt 20 ]; then
  echo "::error title=spillcheck::needs Node 20 or newer, and this is Node $major; put actions/setup-node in front"
  exit 2
fi
folder="$RUNNER_TEMP/spillcheck/program"
mkdir -p "$folder"
# what is installed is named as one argument, and cannot be an option
case "$SPILLCHECK_PACKAGE" in
  -*) echo "::error title=spillcheck::the input package names no package"; exit 2 ;;
esac
npm install --prefix "$folder" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error -- "$SPILLCHECK_PACKAGE"
