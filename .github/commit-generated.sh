#!/usr/bin/env bash
# Commits and pushes what `make build` changed, if anything. A push that somebody overtook is refused: the next run,
# which their push has started, does it.
set -euo pipefail
git add -- README.md CONTRIBUTING.md data/schema
if git diff --cached --quiet; then
    echo "What is generated is what the data says."
    exit 0
fi
git -c user.name="github-actions[bot]" -c user.email="41898282+github-actions[bot]@users.noreply.github.com" \
    commit --quiet --message "Render what the data says"
git push --quiet origin HEAD:main
