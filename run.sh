#!/usr/bin/env bash
# Builds and starts Framelane.
#
#   ./run.sh [ARGUMENTS]   serves until it is stopped (Ctrl-C); the arguments are the server's
#   ./run.sh demo          starts a server of its own, shows a render and a secret's rotation on it, and stops it
#   ./run.sh gallery       likewise has each effect, motion, transition and text animation rendered: a page of clips and one sheet;
#     [NAME...]            only those
#   ./run.sh admin ...     the operator's commands (./run.sh admin --help): workspaces, plans, keys, secrets
#
# The environment is passed on too: ASPNETCORE_URLS=http://127.0.0.1:9000 Framelane__DataPath=/var/lib/framelane ./run.sh
# Paths that are not absolute start from this folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source scripts/lib.sh

server_dll=artifacts/Framelane.Api/Framelane.Api.dll

# setting NAME VARIABLE DEFAULT [ARGUMENTS]: what the server will take: an argument before the environment.
setting() {
  local option=--${1,,} value=${!2:-$3} previous='' argument
  for argument in "${@:4}"; do
    if [[ ${previous,,} == "$option" ]]; then value=$argument; fi
    if [[ ${argument,,} == "$option="* ]]; then value=${argument#*=}; fi
    previous=$argument
  done
  printf '%s' "$value"
}

# announce PID URL DATA_PATH: says where the server is, once it is ready, or that it is not after two minutes.
announce() {
  local url=$2 key='' host port
  split_url "$url"
  if ! await_ready "$1" "$url"; then
    if ! kill -0 "$1" 2>/dev/null; then return 0; fi
    printf '\nFramelane is not ready after two minutes. %s/ready says: %s\n' "$url" "$(http_body "$host" "$port" /ready)"
  fi
  printf '\nFramelane listens on %s\nDocumentation: %s/docs\n' "$url" "$url"
  if [[ -r $3/api-key ]]; then key=$(<"$3/api-key"); fi

  # A key that was configured is known to whoever configured it, and is not printed; nor is one of another database, where an appsettings.json names that.
  if [[ -n $key && $key != "${Framelane__Bootstrap__ApiKey:-}" ]] &&
    [[ $url == https://* || $(http_status "$host" "$port" /v1/workspace "$key") == 200 ]]; then
    printf 'API key: %s\n' "$key"
  else
    key='<your API key>'
  fi
  printf "Try it: curl -H 'Authorization: Bearer %s' %s/v1/workspace\n\n" "$key" "$url"
}

serve() {
  local url host port data_path
  require_all "$@"
  split_url "$(setting urls ASPNETCORE_URLS http://127.0.0.1:8080 "$@")"
  data_path=$(setting Framelane:DataPath Framelane__DataPath data "$@")
  if is_listening "$host" "$port"; then
    die "Port $port is taken. Stop what listens there, or choose another: ASPNETCORE_URLS=http://$host:$((port + 1)) ./run.sh"
  fi
  printf 'Building\n'
  publish src/Framelane.Api

  # The server takes this process over: signals and exit code are its own. Who announces it is nobody's child, so that nobody need reap it.
  (announce $$ "$url" "$data_path" &)
  exec dotnet "$server_dll" "$@"
}

# with_server SAMPLE [ARGUMENTS]: runs a program of samples/ against a server that is its own.
with_server() {
  local url status=0 sample=artifacts/$1

  # What is configured for a server that serves is not meant for this one.
  unset "${!Framelane__@}"
  require_all
  printf 'Building\n'
  publish src/Framelane.Api
  publish "samples/$1"
  folder=$(mktemp -d)
  server=''
  trap stop_server EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  url=http://127.0.0.1:$(free_port)
  # Nor is an appsettings.json of this folder.
  export ASPNETCORE_CONTENTROOT=$folder
  export Framelane__DataPath=$folder/data Framelane__Outbound__AllowHttp=true Framelane__Outbound__AllowedNetworks__0=127.0.0.0/8
  ASPNETCORE_URLS=$url dotnet "$server_dll" >"$folder/log" 2>&1 </dev/null &
  server=$!
  if ! await_ready "$server" "$url"; then
    cat "$folder/log" >&2
    die 'The server did not become ready.'
  fi
  FRAMELANE_URL=$url FRAMELANE_API_KEY=$(<"$folder/data/api-key") dotnet "$sample/$1.dll" "${@:2}" || status=$?
  if ((status)); then tail -n 40 "$folder/log" >&2; fi
  return "$status"
}

stop_server() {
  if [[ -n $server ]]; then
    kill "$server" 2>/dev/null || true
    wait "$server" || true
  fi
  rm -rf "$folder"
}

# What a server needs to render.
require_all() { # [ARGUMENTS OF THE SERVER]
  require_dotnet
  local ffmpeg program
  ffmpeg=$(setting Framelane:Media:FfmpegPath Framelane__Media__FfmpegPath '' "$@")
  if [[ -z $ffmpeg ]]; then require_program ffmpeg ffmpeg; fi
  require_ffmpeg_version "${ffmpeg:-ffmpeg}"
  # By these the server starts ffmpeg.
  for program in prlimit setpriv setsid; do require_program "$program" util-linux; done
  preferably require_program ots-sanitize opentype-sanitizer
  preferably require_fonts
  without_cultures
}

case ${1:-} in
  -h | --help) sed -n '2,/^[^#]/s/^# \{0,1\}//p' run.sh ;;
  demo) with_server Framelane.Demo "${@:2}" ;;
  gallery) with_server Framelane.Gallery artifacts/gallery "${@:2}" ;;
  admin)
    require_dotnet
    without_cultures
    publish src/Framelane.Api
    exec dotnet "$server_dll" "$@"
    ;;
  *) serve "$@" ;;
esac
