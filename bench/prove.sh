#!/usr/bin/env bash
# Tries to break what the deliveries promise, with real processes over one SQLite file, and says how often it did.
#
#   bench/prove.sh barrier [OPTIONS]   no attempt, and no accepted key, that a change answered before should have stopped
#     --nodes 4           processes of the API, each with all roles
#     --rotations 200     of the signing secret, in all workspaces together
#     --workspaces 2      in each also webhooks are moved, disabled and deleted, and keys revoked, all the while
#     --kills 12          nodes killed after a change was sent to them, mostly between its commit and its answer
#     --grace 40          of a hundred rotations, so many keep the previous secret for 1 to 3 s
#     --rate 60           events committed in a second
#     --permit-lifetime 100   in ms; where a wait were missing, a longer one would show it more often
#     --seed N            of all that is chosen at random; printed
#
#   bench/prove.sh crash [OPTIONS]     every committed event is delivered, none dies by accident, none comes back
#     --restarts 20       nodes killed under load at random moments and started again; the producer is killed too
#     --first-starts 8    starts on an empty folder that are killed once or twice while they make the database
#     --rate 60, --seed N as above
#
# The last line is one JSON object: {"attempts", "violations", "lost", "duplicates", …}. Where a promise was broken the run fails, after
# it printed what happened around the first violations of each kind. docs/benchmarks.md says how it is judged.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh

case ${1:-} in
  barrier | crash) ;;
  -h | --help)
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' bench/prove.sh
    exit
    ;;
  *)
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' bench/prove.sh >&2
    exit 2
    ;;
esac

require_dotnet
for project in src/Framelane.Api bench/Framelane.Bench; do
  quietly dotnet publish "$project" --configuration Release --output "artifacts/$(basename "$project")" --verbosity quiet \
    || die "$project does not build; see above."
done

# What is configured for a server that serves is not meant for these.
unset "${!Framelane__@}"
export FRAMELANE_API=$PWD/artifacts/Framelane.Api/Framelane.Api.dll
exec dotnet artifacts/Framelane.Bench/Framelane.Bench.dll "$@"
