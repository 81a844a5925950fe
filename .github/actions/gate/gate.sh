#!/usr/bin/env bash
# Fetches base and head as objects into a bare directory of its own, and gates them. Nothing is checked out and nothing of either runs.
# What the pull request holds goes into the summary, as code, and never into the log.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
objects=$(mktemp -d)
signers=$(mktemp)
trap 'rm -rf "$objects" "$signers"' EXIT

fail() {
  echo "remit gate: $1" >&2
  exit 2
}

commit='^([0-9a-f]{40}|[0-9a-f]{64})$'
[[ ${HEAD_COMMIT:-} =~ $commit ]] || fail "this event has no head commit: use it on pull_request or merge_group"
if [[ -n ${BASE_COMMIT:-} ]]; then
  [[ $BASE_COMMIT =~ $commit ]] || fail "the base isn't a commit"
  base=$BASE_COMMIT
else
  git check-ref-format "refs/heads/${BASE_BRANCH:-}" || fail "the base isn't a branch"
  base=refs/heads/$BASE_BRANCH
fi

export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_TERMINAL_PROMPT=0
git init --quiet --bare "$objects"
if [[ -n ${TOKEN:-} ]]; then
  # In the environment, and so in no list of processes.
  GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\n')"
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$SERVER_URL/.extraHeader" GIT_CONFIG_VALUE_0
fi
git -C "$objects" fetch --quiet --no-tags --no-recurse-submodules --end-of-options \
  "$SERVER_URL/$REPOSITORY" "+$base:refs/remit/base" "+$HEAD_COMMIT:refs/remit/head"
unset TOKEN GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0

options=()
# Whom the deployment names. Whether the numbers make sense is for the command to say.
if [[ -n ${ALLOWED_SIGNERS:-} ]]; then
  printf '%s\n' "$ALLOWED_SIGNERS" >"$signers"
  options+=(--allowed-signers "$signers" --repository "$REPOSITORY")
fi
[[ -z ${SIGNATURES:-} ]] || options+=(--signatures "$SIGNATURES")
[[ ${RENDER:-} != true ]] || options+=(--render)

run_gate() {
  node "$here/../../../src/main.ts" gate --repo "$objects" --base "$(git -C "$objects" rev-parse refs/remit/base)" --head "$HEAD_COMMIT" "$@"
}
[[ -z ${GITHUB_STEP_SUMMARY:-} ]] || exec >>"$GITHUB_STEP_SUMMARY"
run_gate --markdown --check ${options[@]+"${options[@]}"}
