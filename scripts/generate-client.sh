#!/usr/bin/env bash
# Generates src/Framelane.Client/Generated from the controllers, without a running server.
# CONFIGURATION (Debug by default) is the build whose controllers are read.
# --check changes nothing and fails where what is committed differs from what would be generated.
set -euo pipefail
cd "$(dirname "$0")/.."

committed=src/Framelane.Client/Generated/FramelaneClient.g.cs
work=artifacts/openapi
document=$work/client.json
generated=$work/FramelaneClient.g.cs

usage() { echo "usage: $0 [--check]" >&2; exit 2; }
check=false
case "${1-}" in
  '') ;;
  --check) check=true ;;
  *) usage ;;
esac

mkdir -p "$work"
rm -f "$document" "$generated"

dotnet run --configuration "${CONFIGURATION:-Debug}" --project src/Framelane.Api --no-launch-profile -- --write-openapi "$PWD/$document"
dotnet restore src/Framelane.Client --verbosity quiet
nswag=$(dotnet msbuild src/Framelane.Client -getProperty:NSwagDir_Net100)dotnet-nswag.dll
dotnet "$nswag" run nswag.json "/variables:Document=$document,Output=$generated"

# NSwag keeps the underscores of snake_case in the names of properties, and has no setting for it.
sed -E -i '/^ +public .* \{ get; set; \}/ { :again; s/ ([A-Z][A-Za-z0-9]*)_([a-z0-9])(\w*) \{ get;/ \1\U\2\E\3 { get;/; t again }' "$generated"

# Nor has it one for what a later server adds to an enum.
awk -f scripts/answer-enums.awk "$generated" "$generated" > "$generated.open"
mv "$generated.open" "$generated"

if $check; then
  diff -u "$committed" "$generated" || { echo "$committed is not what $0 generates." >&2; exit 1; }
else
  mkdir -p "$(dirname "$committed")"
  cp "$generated" "$committed"
fi
