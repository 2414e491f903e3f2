#!/usr/bin/env bash
# Tests of run.sh, of what it and test.sh rest on, and of the files in deploy/. Prints a line for each test in the form that test.sh counts.
# shellcheck disable=SC2317 # Tests are called by name.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
source scripts/lib.sh

# The status of a test that cannot run here, and says why.
readonly skip=77

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

expect() { # EXPECTED ACTUAL
  if [[ $1 != "$2" ]]; then
    printf 'Expected: %s\nBut was:  %s\n' "$1" "$2"
    exit 1
  fi
}

expect_match() { # PATTERN ACTUAL
  # shellcheck disable=SC2053 # It is meant as a pattern.
  if [[ $2 != $1 ]]; then
    printf 'Expected to match: %s\nBut was: %s\n' "$1" "$2"
    exit 1
  fi
}

source tests/scripts/setup.sh

test_the_first_address_is_the_one_to_call() {
  local url host port addresses
  while read -r addresses expected; do
    split_url "$addresses"
    expect "$expected" "$url $host $port"
  done <<'END'
http://127.0.0.1:8080 http://127.0.0.1:8080 127.0.0.1 8080
http://+:80/ http://127.0.0.1:80 127.0.0.1 80
http://*:5000;https://*:5001 http://127.0.0.1:5000 127.0.0.1 5000
http://localhost http://localhost:80 localhost 80
https://[::1] https://[::1]:443 ::1 443
http://[::]:7 http://127.0.0.1:7 127.0.0.1 7
END
}

test_results_are_read_from_a_trx_file() {
  expect "$(<tests/scripts/sample.expected.txt)" "$(awk -v root=/repository -f scripts/trx.awk tests/scripts/sample.trx)"
}

test_what_fails_shows_its_output_and_what_succeeds_does_not() {
  expect '' "$(quietly echo said 2>&1)"
  expect 'said' "$(quietly sh -c 'echo said; exit 3' 2>&1)"
  quietly sh -c 'exit 3' || expect 3 $?
}

# functions FILE...: the names of those that it has.
functions() {
  grep -hoE '^[a-z_]+\(\)' "$@" | sort -u
}

test_no_script_replaces_a_helper_that_others_call() {
  expect '' "$(comm -12 <(functions scripts/lib.sh) <(functions run.sh test.sh bench/*.sh tests/scripts/*.sh))"
}

# deployment CHECK: the checks are in tests/scripts/deployment.mjs.
deployment() {
  if [[ ! -d tests/scripts/node_modules ]]; then (cd tests/scripts && quietly npm ci --no-audit --no-fund --ignore-scripts); fi
  node tests/scripts/deployment.mjs "$1"
}

test_the_deployment_files_name_only_settings_that_exist() {
  deployment settings
}

test_the_deployment_files_give_each_role_the_memory_that_it_may_take() {
  deployment sizes
}

test_no_image_is_built_by_two_services() {
  deployment images
}

test_the_image_is_built_from_every_project_of_the_server() {
  deployment projects
}

test_rules_and_dashboard_rest_on_the_metrics_and_the_advice_that_are_documented() {
  deployment metrics
}

test_the_alert_rules_do_what_they_are_for() {
  local promtool=${FRAMELANE_TEST_PROMTOOL:-promtool}
  if ! command -v "$promtool" >/dev/null; then
    echo 'promtool is missing; it comes with the Debian package prometheus.'
    exit "$skip"
  fi
  "$promtool" check rules deploy/alerts.yaml && "$promtool" test rules deploy/alerts.test.yaml
}

test_the_secrets_of_a_first_deployment_are_made_once() {
  local line
  line=$(sed -n '/^mkdir -m 700 deploy\/secrets/,/&& cd \.\.\/\.\.$/p' docs/operations.md)
  mkdir -p "$folder/first/deploy"
  cd "$folder/first" && eval "$line" || exit
  expect 700 "$(stat -c %a deploy/secrets)"
  expect 32 "$(base64 -d deploy/secrets/master.key | wc -c)"
  expect_match "Host=postgres;*;Password=$(<deploy/secrets/postgres-password)" "$(<deploy/secrets/database)"
  [[ $(<deploy/secrets/api-key) =~ ^fl_live_[0-9a-f]{48}$ ]] || exit
  if (eval "$line") 2>/dev/null; then exit 1; fi
}

# snippet LANGUAGE: the code in that language that docs/verifying.md shows.
snippet() {
  sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/{/^\`\`\`/!p}" docs/verifying.md
}

test_the_documented_node_verifies_what_is_known() {
  snippet js >"$folder/verify.mjs"
  cat >"$folder/check.mjs" <<'END'
import assert from 'node:assert';
import { verify } from './verify.mjs';
const known = 'v1=7c0a58f4d5d1c8f9a57edbd385298f097b72cd731e9f907e7d6d10ee107d9ed7';
const other = 'v1=0f0a2da60194042ddf45f3089fecec665193b37f6cca2868d4c99691a293abb5';
const secret = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const body = Buffer.from('{"type":"render.completed"}');
assert(verify(body, `t=1716278400,${known}`, secret, Infinity));
assert(verify(body, `t=1716278400,${other},${known}`, secret, Infinity));
assert(!verify(body, `t=1716278400,${other}`, secret, Infinity));
assert(!verify(body, `t=1716278401,${known}`, secret, Infinity));
assert(!verify(Buffer.from('{}'), `t=1716278400,${known}`, secret, Infinity));
assert(!verify(body, `t=1716278400,${known}`, secret));
for (const header of [undefined, '', 'v1', known, 't=1716278400', 't=1716278400,v1', 't=x,v1=']) assert(!verify(body, header, secret, Infinity));
END
  node "$folder/check.mjs"
}

test_the_documented_python_verifies_what_is_known() {
  snippet python >"$folder/verify.py"
  cat >"$folder/check.py" <<'END'
from verify import verify
known = "v1=7c0a58f4d5d1c8f9a57edbd385298f097b72cd731e9f907e7d6d10ee107d9ed7"
other = "v1=0f0a2da60194042ddf45f3089fecec665193b37f6cca2868d4c99691a293abb5"
secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
body, ever = b'{"type":"render.completed"}', 1e12
assert verify(body, f"t=1716278400,{known}", secret, ever)
assert verify(body, f"t=1716278400,{other},{known}", secret, ever)
assert not verify(body, f"t=1716278400,{other}", secret, ever)
assert not verify(body, f"t=1716278401,{known}", secret, ever)
assert not verify(b"{}", f"t=1716278400,{known}", secret, ever)
assert not verify(body, f"t=1716278400,{known}", secret)
for header in [None, "", "v1", known, "t=1716278400", "t=1716278400,v1", "t=x,v1="]:
    assert not verify(body, header, secret, ever)
END
  PYTHONDONTWRITEBYTECODE=1 python3 "$folder/check.py"
}

# serve DATA_FOLDER [VARIABLE=VALUE...]: starts run.sh, calls what it says to try, stops it, and prints all that was said.
serve() {
  local port server status=0 try
  port=$(free_port)
  # What an earlier server said is no word of this one.
  : >"$folder/said"
  env ASPNETCORE_URLS="http://127.0.0.1:$port" Framelane__DataPath="$1" "${@:2}" ./run.sh >"$folder/said" 2>&1 &
  server=$!
  for _ in {1..1800}; do
    if grep -q '^Try it: ' "$folder/said" || ! kill -0 "$server" 2>/dev/null; then break; fi
    sleep 0.1
  done
  try=$(sed -n 's/^Try it: //p' "$folder/said")
  if [[ -n $try ]] && command -v curl >/dev/null; then eval "$try --silent --output /dev/null --write-out 'Answered: %{http_code}\n'"; fi
  echo "While it runs: $(./run.sh --urls "http://127.0.0.1:$port" 2>&1)"
  kill "$server"
  wait "$server" || status=$?
  cat "$folder/said"
  echo "Ended with: $status"
}

test_a_server_says_where_it_is_and_with_which_key_and_stops_gracefully() {
  local said again
  said=$(serve "$folder/data")
  expect_match '*Documentation: http://127.0.0.1:*/docs*' "$said"
  expect "API key: $(<"$folder/data/api-key")" "$(grep '^API key: fl_live_' <<<"$said")"
  if command -v curl >/dev/null; then expect_match 'Answered: 200*' "$said"; fi
  expect_match '*While it runs: Port * is taken.*ASPNETCORE_URLS=*' "$said"
  expect_match '*Ended with: 0' "$said"
  again=$(serve "$folder/data")
  expect "API key: $(<"$folder/data/api-key")" "$(grep '^API key: ' <<<"$again")"

  # As where the settings lead to another database than the folder's.
  echo fl_live_0123456789abcdefghijklmnopqrstuvwxyz >"$folder/data/api-key"
  again=$(serve "$folder/data")
  expect_match '*<your API key>*' "$again"
  expect 0 "$(grep -c '^API key: ' <<<"$again")"
}

test_a_configured_key_is_not_printed() {
  local key=fl_live_0123456789abcdefghijklmnopqrstuvwxyz said
  said=$(serve "$folder/configured" "Framelane__Bootstrap__ApiKey=$key")
  expect_match '*Documentation: *' "$said"
  expect 0 "$(grep -c "$key" <<<"$said")"
}

test_a_server_that_cannot_start_passes_its_exit_code_on() {
  local status=0
  Framelane__Webhooks__PermitLifetime=nonsense Framelane__DataPath=$folder/wrong ASPNETCORE_URLS=http://127.0.0.1:$(free_port) \
    ./run.sh >"$folder/said" 2>&1 || status=$?
  expect_match '[1-9]*' "$status"
  expect_match '*PermitLifetime*' "$(<"$folder/said")"
}

test_the_demo_works_from_end_to_end_in_a_folder_of_its_own() {
  local said status=0
  said=$(TMPDIR=$folder ./run.sh demo) || status=$?
  echo "$said"
  expect 0 "$status"
  expect_match "*: $folder/framelane-demo-*/framelane-demo.mp4*" "$said"
}

test_the_gallery_shows_what_it_is_asked_for() {
  rm -rf artifacts/gallery
  ./run.sh gallery sepia swing_out barn_doors_vertical scale_pop letters_pop
  expect 5 "$(grep -c '<video' artifacts/gallery/index.html)"
  expect 5 "$(find artifacts/gallery/clips -name '*.mp4' | wc -l)"
  for clip in artifacts/gallery/clips/*.mp4; do
    expect 3.000000 "$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$clip")"
  done
  expect 2028 "$(ffprobe -v error -show_entries stream=width -of csv=p=0 artifacts/gallery/gallery.png)"
}

test_the_gallery_names_what_it_does_not_know() {
  local status=0
  ./run.sh gallery nonsense >"$folder/said" 2>&1 || status=$?
  expect 2 "$status"
  expect_match '*nonsense*' "$(<"$folder/said")"
}

failed=0
while read -r _ _ test; do
  status=0
  said=$("$test" 2>&1) || status=$?
  if ((status == 0)); then
    echo "passed $test"
  elif ((status == skip)); then
    printf 'skipped Scripts.%s\t%s\n' "$test" "$said"
  else
    failed=1
    if [[ -n $said ]]; then echo "| ${said//$'\n'/$'\n'| }"; fi
    echo "failed Scripts.$test"
  fi
done < <(declare -F | grep ' test_')
exit "$failed"
