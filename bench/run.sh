#!/usr/bin/env bash
# Measures Framelane on this machine. Prints a table and, as the last line, one JSON object with the figures.
#
#   bench/run.sh signing [OPTIONS]     deliveries signed a second on one core
#   bench/run.sh rotation [OPTIONS]    how long a rotation takes over HTTP, on one process and beside another
#   bench/run.sh delivery [OPTIONS]    stored deliveries sent and recorded, as a share of a bare loop that stores nothing
#   bench/run.sh isolation [OPTIONS]   what an endpoint that never answers costs the others
#   bench/run.sh startup [OPTIONS]     how soon a published build is ready, and its memory when idle
#   bench/run.sh fleet [OPTIONS]       deliveries on SQLite and PostgreSQL, against the bare loop and a Node sender on BullMQ and Redis
#   bench/run.sh claims [OPTIONS]      deliveries claimed and recorded a second on PostgreSQL, by 1, 2, 4 and 8 processes
#   bench/run.sh render [OPTIONS]      how long a job of 10 s of video takes, against plain ffmpeg and melt
#   bench/run.sh memory [OPTIONS]      the memory of an hour's render in all its processes, and of two minutes'; half an hour's work
#   bench/run.sh effects [OPTIONS]     what a frame of every effect, transition and motion costs one core; --keep FOLDER writes pictures
#
# Each takes --runs N and options of its own; one that is not known is answered with those that are. docs/benchmarks.md explains them.
# Only this machine is a target. Leave it alone meanwhile: everything that runs beside it is measured too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh

case ${1:-} in
  signing | rotation | delivery | isolation | startup | fleet | claims | render | memory | effects) ;;
  -h | --help)
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' bench/run.sh
    exit
    ;;
  *)
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' bench/run.sh >&2
    exit 2
    ;;
esac

require_dotnet
if [[ $1 == fleet || $1 == claims ]]; then require_postgres; fi
if [[ $1 == fleet ]]; then
  require_program node nodejs npm
  require_program npm npm
  require_program redis-server redis-server
  quietly npm ci --prefix bench/bullmq --no-audit --no-fund --ignore-scripts || die 'The packages of bench/bullmq could not be installed; see above.'
  export FRAMELANE_BULLMQ=$PWD/bench/bullmq/sender.mjs
fi
if [[ $1 == render || $1 == memory ]]; then
  require_program ffmpeg ffmpeg
  require_program bwrap bubblewrap
fi
if [[ $1 == render ]]; then require_program melt melt; fi
publish src/Framelane.Api
publish bench/Framelane.Bench

# What is configured for a server that serves is not meant for these.
unset "${!Framelane__@}"
export FRAMELANE_API=$PWD/artifacts/Framelane.Api/Framelane.Api.dll
exec dotnet artifacts/Framelane.Bench/Framelane.Bench.dll "$@"
