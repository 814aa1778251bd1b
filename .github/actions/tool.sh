#!/usr/bin/env bash
# For the actions beside it. `tool.sh describe` prints the folder of this tool and what it is made of, as outputs of a step;
# `tool.sh build` builds it there, unless that has been done. The Node of the caller is used, and not changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

describe() {
  local version
  version=$(node --version 2>/dev/null || echo none)
  if ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null; then
    echo "::error::pinecone-contract needs Node 20.19 or later, and this job has: $version. Add a step with actions/setup-node before." >&2
    exit 2
  fi
  echo "root=$PWD"
  echo "key=pinecone-contract-$(uname -s)-$version-$(sources | sha256sum | cut -c1-32)"
}

sources() {
  find package.json package-lock.json tsconfig*.json harness suites specs .ci -type f -print0 | sort -z | xargs -0 sha256sum
}

build() {
  if [ -f dist/harness/cli.js ] && [ -d node_modules ]; then return; fi
  npm ci --no-audit --no-fund
  npm run --silent build
}

"$1"
