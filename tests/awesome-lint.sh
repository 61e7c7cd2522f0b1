#!/bin/sh
# Runs awesome-lint over the README in a scratch repository that has the remote which mkdocs.yml names: its rule
# about the forge wants one, asks the forge for topics and licence, and passes silently where it cannot be reached.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$root/README.md" "$root/CONTRIBUTING.md" "$root/LICENSE" "$scratch"
cd "$scratch"
git init --quiet --initial-branch main
git config branch.main.remote origin
git remote add origin "$(sed -n 's/^  repository: *//p' "$root/mkdocs.yml").git"
git add --all
git -c user.name=lint -c user.email=lint@example.invalid commit --quiet --message "Lint"
"$root/requirements/npm/node_modules/.bin/awesome-lint" README.md
