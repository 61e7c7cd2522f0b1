#!/usr/bin/env bash
# Renews the one open issue that bears a label, or opens it, so that a robot never says a thing twice.
# LABEL, TITLE, BODY (a file) and GH_TOKEN come from the environment; only maintainers can set labels.
set -euo pipefail
gh label create "$LABEL" --description "Renewed by a robot" --force
number=$(gh issue list --state open --label "$LABEL" --limit 1 --json number --jq '.[0].number // empty')
if [ -n "$number" ]; then
    gh issue edit "$number" --body-file "$BODY"
else
    gh issue create --title "$TITLE" --label "$LABEL" --body-file "$BODY"
fi
