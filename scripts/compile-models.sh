#!/usr/bin/env bash
# Writes the model of each database as code, into the project of its migrations, so that no start has to build it.
# CONFIGURATION (Debug by default) is the build whose model is read; it is made first.
# --check changes nothing, and fails where what is committed differs from what would be written.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$PWD/artifacts/models

usage() { echo "usage: $0 [--check]" >&2; exit 2; }
check=false
case "${1-}" in
  '') ;;
  --check) check=true ;;
  *) usage ;;
esac

rm -rf "$work"
dotnet tool restore
for project in src/Framelane.Migrations.*; do
  name=$(basename "$project")
  committed=$project/CompiledModel
  generated=$work/$name
  # Code of yesterday's model may not build any more.
  $check || rm -rf "$committed"
  dotnet build "$project" --configuration "${CONFIGURATION:-Debug}" --verbosity quiet
  dotnet ef dbcontext optimize --no-build --configuration "${CONFIGURATION:-Debug}" --project "$project" --startup-project "$project" \
    --output-dir "$generated" --namespace "$name.CompiledModel"
  # By it a context finds its model itself, in its own assembly only.
  rm "$generated/FramelaneDbContextAssemblyAttributes.cs"
  sed -i '1s/^\xEF\xBB\xBF//' "$generated"/*.cs
  if $check; then
    # The model's id is another one each time.
    diff -ru -I 'modelId: ' "$committed" "$generated" || { echo "$committed is not what $0 writes." >&2; exit 1; }
  else
    cp -r "$generated" "$committed"
  fi
done
