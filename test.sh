#!/usr/bin/env bash
# Sets up what the tests need, builds everything with warnings as errors, and runs every suite.
#
#   ./test.sh                               all of it
#   ./test.sh NAME [OPTIONS]                the suites whose name contains NAME; the options are those of dotnet test
#   ./test.sh Domain --filter Name~Rotate   for instance
#
# The suites are the test projects of the solution, Client.Generated (the committed client is the one that the API's
# document gives), Models.Compiled (the committed models of the databases are what would be written now), Scripts (run.sh with
# its demo, what this file rests on, and the files in deploy/), and Proofs (bench/prove.sh: barrier, crash, and a few renders).
#
# The last line is "N passed, N failed", and ", N skipped" where something was. Fails on any failure, when a suite did not
# run, and on a skip that tests/allowed-skips.txt does not list.
# shellcheck disable=SC2317 # Suites are called by name.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit
source scripts/lib.sh

readonly wanted=${1:-} options=("${@:2}") results=$PWD/TestResults
passed=0 failed=0 skipped=0

# One compiler for all that is built in here, stopped at the end: one for each project would be compiled anew, with its analyzers, for
# each. What runs this briefly gains nothing from being measured for a better compilation.
export UseSharedCompilation=true SharedCompilationId=framelane-tests-$$ DOTNET_TieredPGO=0
trap stop_compiler EXIT

stop_compiler() {
  local process
  for process in /proc/[0-9]*; do
    if grep -aqs "pipename:$SharedCompilationId" "$process/cmdline"; then kill "${process#/proc/}"; fi
  done
}

fail() { # NAME WHAT
  failed=$((failed + 1))
  printf '\nFAILED %s\n%s\n\n' "$1" "$2" | sed '3,$s/^/  /'
}

may_skip() { # FULL_NAME
  local variable pattern
  while read -r variable pattern; do
    # shellcheck disable=SC2053 # It is meant as a pattern.
    if [[ $variable == [A-Z]* && -z ${!variable:-} && $1 == $pattern ]]; then return; fi
  done <tests/allowed-skips.txt
  return 1
}

# tally SUITE STATUS LOG: counts the lines of the input: "passed", "skipped NAME<tab>WHY", and "failed NAME" behind lines
# "| WHAT". A suite that says nothing, or ends badly without a word of why, has failed itself.
tally() {
  local line what='' before=$((passed + failed + skipped)) failed_before=$failed
  while IFS= read -r line; do
    case $line in
      '| '*) what+=${line#| }$'\n' ;;
      passed*) passed=$((passed + 1)) ;;
      failed*)
        fail "${line#failed }" "${what%$'\n'}"
        what=''
        ;;
      skipped*)
        IFS=$'\t' read -r line what <<<"${line#skipped }"
        if may_skip "$line"; then
          skipped=$((skipped + 1))
        else
          fail "$line" "Skipped, which tests/allowed-skips.txt does not allow: ${what:-no reason given}"
        fi
        what=''
        ;;
    esac
  done
  if ((passed + failed + skipped == before)); then
    fail "$1" "The suite did not run."$'\n'"$(tail -n 30 "$3")"
  elif (($2 && failed == failed_before)); then
    fail "$1" "The suite ended with status $2."$'\n'"$(tail -n 30 "$3")"
  fi
}

# run NAME COMMAND...: runs a suite, which leaves what there is to count in TestResults/NAME.txt, and beside it its output and how it ended.
run() {
  local name=$1 started=$SECONDS status=0
  shift
  : >"$results/$name.txt"
  "$@" "$results/$name.txt" >"$results/$name.log" 2>&1 </dev/null || status=$?
  echo "$status $((SECONDS - started))" >"$results/$name.ended"
}

# count NAME: what came of a suite that has run.
count() {
  local name=$1 status=1 took=0 before=("$passed" "$failed" "$skipped")
  read -r status took <"$results/$name.ended"
  tally "$name" "$status" "$results/$name.log" <"$results/$name.txt"
  printf '%-32s %6d passed %4d failed %4d skipped %5d s\n' "$name" \
    $((passed - before[0])) $((failed - before[1])) $((skipped - before[2])) "$took"
}

suite() { # NAME COMMAND...
  run "$@"
  count "$1"
}

test_project() { # PROJECT COUNTS
  local name status=0
  name=$(basename "$1" .csproj)
  dotnet test "$1" --configuration Release --no-build --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
    --blame-hang-timeout 8m --blame-hang-dump-type none ${options[@]+"${options[@]}"} || status=$?
  if [[ -f $results/$name.trx ]]; then awk -v root="$PWD" -f scripts/trx.awk "$results/$name.trx" >"$2"; fi
  return "$status"
}

generated_client() { # COUNTS
  CONFIGURATION=Release scripts/generate-client.sh --check && echo passed >"$1"
}

compiled_models() { # COUNTS
  CONFIGURATION=Release scripts/compile-models.sh --check && echo passed >"$1"
}

shell_tests() { # COUNTS
  tests/scripts/tests.sh >"$1"
}

proofs() { # COUNTS
  local proof said
  for proof in barrier crash 'renders --database sqlite --renders 4 --kills 2 --stops 0'; do
    # shellcheck disable=SC2086 # A proof and its options.
    if said=$(bench/prove.sh $proof 2>&1); then
      echo passed >>"$1"
    else
      { head -n 60 <<<"$said" | sed 's/^/| /' && echo "failed Proofs.${proof%% *}"; } >>"$1"
    fi
    printf '%s\n' "$said"
  done
}

# publish_ahead: what the last suites start is built while one runs that mostly waits. Where that fails, they try themselves, and say what is wrong.
publish_ahead() {
  local project
  renice -n 19 "$BASHPID"
  for project in bench/Framelane.Bench samples/Framelane.Demo samples/Framelane.Gallery; do publish "$project"; done
} >/dev/null 2>&1 </dev/null

wants() { # SUITE
  [[ ${1,,} == *"${wanted,,}"* ]]
}

build() {
  local project
  if [[ -z $wanted ]]; then set -- Framelane.sln; else set -- "${projects[@]}"; fi
  for project; do
    quietly dotnet build "$project" --configuration Release --verbosity quiet -warnaserror || return
  done
}

finish() {
  printf '%d passed, %d failed' "$passed" "$failed"
  if ((skipped)); then printf ', %d skipped' "$skipped"; fi
  echo
  exit $((failed > 0))
}

require_dotnet
require_program node nodejs npm
require_program npm npm
require_program python3 python3
require_program redis-server redis-server
require_program ffmpeg ffmpeg
require_program bwrap bubblewrap
require_program ots-sanitize opentype-sanitizer
require_fonts
require_postgres
rm -rf "$results"
mkdir -p "$results"

projects=()
while IFS= read -r project; do
  if wants "$(basename "$project" .csproj)"; then projects+=("$project"); fi
done < <(dotnet sln Framelane.sln list | grep 'Tests\.csproj$')

echo 'Building'
if ! build; then
  fail Build 'Its errors are above.'
  finish
fi
if [[ -z $wanted ]]; then
  if ! (publish src/Framelane.Api); then
    fail Build 'The server cannot be published; see above.'
    finish
  fi

  # What is tested as a process is what is shipped, which also starts in half the time.
  export FRAMELANE_API=$PWD/artifacts/Framelane.Api/Framelane.Api.dll
fi

# The longest suite mostly waits, so the others run beside it; but not the one that keeps all cores busy.
last=()
for project in "${projects[@]}"; do
  if [[ $project == *Infrastructure.Tests.csproj ]]; then run "$(basename "$project" .csproj)" test_project "$project" & fi
done
for project in "${projects[@]}"; do
  case $project in
    *Infrastructure.Tests.csproj | *Rendering.Tests.csproj) last+=("$project") ;;
    *) suite "$(basename "$project" .csproj)" test_project "$project" ;;
  esac
done
if [[ -z $wanted ]]; then publish_ahead & fi
wait
for project in ${last[@]+"${last[@]}"}; do
  case $project in
    *Rendering.Tests.csproj) suite "$(basename "$project" .csproj)" test_project "$project" ;;
    *) count "$(basename "$project" .csproj)" ;;
  esac
done
if wants Client.Generated; then suite Client.Generated generated_client; fi
if wants Models.Compiled; then suite Models.Compiled compiled_models; fi
if wants Scripts; then suite Scripts shell_tests; fi
if wants Proofs; then suite Proofs proofs; fi
if ((passed + failed + skipped == 0)); then fail "$wanted" 'No suite has that in its name.'; fi
finish
