#!/usr/bin/env bash
# Runs parcheck for action.yml, which tells what the variables mean. parcheck
# itself adds its table to the job's summary. Ends with parcheck's exit code.
set -euo pipefail

temp=$(mktemp -d "${RUNNER_TEMP:-/tmp}/parcheck.XXXXXX")
trap 'rm -rf "$temp"' EXIT

parcheck=$PARCHECK_BINARY
if [ -z "$parcheck" ]; then
  # The sources beside this script are those of the version that was asked for.
  (cd "${BASH_SOURCE[0]%/*}/../../.." && GOBIN=$temp go install ./cmd/parcheck)
  parcheck=$temp/parcheck
fi

args=("$PARCHECK_COMMAND" --lang "$PARCHECK_LANG" --plan "$PARCHECK_PLAN" --format "$PARCHECK_FORMAT"
  --report "sarif=$PARCHECK_SARIF" --report "github=$temp/annotations")
while IFS= read -r gate; do
  if [ -n "$gate" ]; then args+=(--fail-on "$gate"); fi
done <<<"$PARCHECK_FAIL_ON"
args+=(--)
while IFS= read -r file; do
  if [ -n "$file" ]; then args+=("$file"); fi
done <<<"$PARCHECK_FILES"

# What the log shows may hold text of a workbook. Between the two lines with the
# token the runner takes nothing of it for a command; both streams are one, so
# that nothing comes late.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
touch "$temp/start"
code=0
echo "::stop-commands::$token"
COLUMNS=${COLUMNS:-160} "$parcheck" "${args[@]}" 2>&1 || code=$?
echo
echo "::$token::"

if [ -f "$temp/annotations" ]; then cat "$temp/annotations"; fi
{
  echo "exit-code=$code"
  if [ "$PARCHECK_SARIF" -nt "$temp/start" ]; then echo "sarif=$PARCHECK_SARIF"; fi
} >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
