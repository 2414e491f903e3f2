#!/usr/bin/env bash
# Tries to break what deliveries and jobs promise, with real processes, and says how often it did. barrier and crash run over one SQLite file,
# renders over one and over a PostgreSQL, the others over a PostgreSQL and a Redis of their own, with the wall clocks of two nodes 10 minutes ahead and behind.
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
#   bench/prove.sh nodes [OPTIONS]     the barrier, while Redis and PostgreSQL are restarted, and nodes killed and stopped for 5 s
#     --nodes 5, --rotations 500, --workspaces 50, --grace 40, --permit-lifetime 100, --seed N as above
#     --webhooks 2        in each workspace
#     --pace 250          in ms; the mean time between two rotations, in all workspaces together
#     --rate 100          events committed in a second
#     --redis-away 6000   in ms, for how long Redis is away at most; then nodes learn of rotations only as their permits end
#
#   bench/prove.sh lost [OPTIONS]      every committed event is delivered, under the same faults
#     --nodes 5, --workspaces 20, --seed N as above
#     --events 100000     in all
#     --producers 4       processes that commit them
#     --rate 600          events committed in a second, at most
#     --apart 8000        in ms, how far one fault is from the next at most
#
#   bench/prove.sh fairness [OPTIONS]  one workspace's event starts in time while another's flood is delivered
#     --nodes 5, --seed N as above
#     --flood 100000      deliveries that lie in the database when the nodes start
#     --endpoints 20      that they go to
#     --repeats 20        events of the other workspace, one after the other
#     --limit 1000        in ms, from commit to start
#
#   bench/prove.sh renders [OPTIONS]   every render completes, once, while workers are killed; in one process on SQLite, and in three on PostgreSQL
#     --database both     or sqlite or postgres alone
#     --renders 20        on each
#     --kills 12          of a worker at a random moment, on each
#     --stops 2           of a worker for longer than its lease, before it is killed too
#     --seed N            as above
#
# The last line is one JSON object: {"attempts", "violations", "lost", "duplicates", …}. Where a promise was broken the run fails, after
# it printed what happened around the first violations of each kind. docs/benchmarks.md says how it is judged.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh

case ${1:-} in
  barrier | crash | nodes | lost | fairness | renders) ;;
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
if [[ $1 == nodes || $1 == lost || $1 == fairness ]]; then
  require_program redis-server redis-server
  require_program faketime faketime
  require_postgres
fi
if [[ $1 == renders ]]; then
  require_program ffmpeg ffmpeg
  require_program bwrap bubblewrap
  require_postgres
fi
publish src/Framelane.Api
publish bench/Framelane.Bench

# What is configured for a server that serves is not meant for these.
unset "${!Framelane__@}"
export FRAMELANE_API=$PWD/artifacts/Framelane.Api/Framelane.Api.dll
exec dotnet artifacts/Framelane.Bench/Framelane.Bench.dll "$@"
