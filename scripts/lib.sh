# Helpers of run.sh and test.sh, which source this file.
# shellcheck shell=bash

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# A build server that outlives the build keeps its pipes open: `./test.sh | tail` would never end.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

die() {
  printf '%s\n' "$@" >&2
  exit 1
}

if [[ $OSTYPE != linux* ]] || ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then
  die "This takes Linux and bash 4.4 or later; here is bash $BASH_VERSION on $OSTYPE."
fi

# quietly COMMAND...: shows what it printed only where it fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if ((status)); then cat "$log" >&2; fi
  rm -f "$log"
  return "$status"
}

# publish PROJECT: builds it into artifacts/NAME, which leads to a folder of this build alone: a server that runs loads what it needs later from its own.
# Where nothing has changed since that was done last, nothing is done: that alone takes longer than a server's start.
publish() {
  local made_of
  made_of=$(inputs)
  if is_made "$1" "$made_of"; then return; fi
  mkdir -p artifacts
  # Two at once would write to the same obj/. What a build leaves behind, such as a compiler, does not keep the lock.
  if command -v flock >/dev/null; then
    (flock 9 && publish_alone "$1" 9>&-) 9>artifacts/.lock || exit
  else
    publish_alone "$1"
  fi
}

# is_made PROJECT INPUTS: whether what was built last is of those.
is_made() {
  local output
  output=artifacts/$(basename "$1")
  [[ -n $2 && -f $output/$(basename "$1").dll && $2 == "$(cat "$output/.made-of" 2>/dev/null)" ]]
}

# publish_alone PROJECT: as above, where nobody else builds.
publish_alone() {
  local name output made_of build
  name=$(basename "$1")
  output=artifacts/$name
  made_of=$(inputs)
  if is_made "$1" "$made_of"; then return; fi
  build=builds/$name/$(date +%s%N)
  if ! quietly dotnet publish "$1" --configuration Release --output "artifacts/$build" --verbosity quiet; then
    rm -rf "artifacts/$build"
    die "$1 does not build; see above."
  fi
  if [[ ! -L $output ]]; then rm -rf "$output"; fi
  # Said here, for bash goes on behind what fails where whoever calls asks whether this does.
  if ! { printf '%s' "$made_of" >"artifacts/$build/.made-of" && ln -s "$build" "artifacts/$build.link" && mv -fT "artifacts/$build.link" "$output"; }; then
    die "$output cannot be replaced; see above."
  fi
  remove_builds "$name"
}

# remove_builds NAME: all but the last two, the one that artifacts/NAME leads to, those that something still runs from, and those that another may still write.
remove_builds() {
  local builds=("artifacts/builds/$1"/*/) build
  for build in "${builds[@]::${#builds[@]}-1}"; do
    if [[ $build == "${builds[-2]}" || $build -ef artifacts/$1 ]]; then continue; fi
    if is_unfinished "$build" || grep -qsF " $(realpath "$build")/" /proc/[0-9]*/maps; then continue; fi
    rm -rf "$build"
  done
}

# is_unfinished BUILD: for an hour; one that was broken off stays so.
is_unfinished() {
  [[ ! -e $1/.made-of && -n $(find "$1" -maxdepth 0 -mmin -60) ]]
}

# inputs: a word for all that a build depends on: each file by its name, size and time, the commit, which a version shows, and the SDK.
# Nothing where `find` cannot tell.
inputs() {
  local files
  files=$(find src compat samples bench Directory.*.props global.json .editorconfig \( -name bin -o -name obj -o -name node_modules \) -prune \
    -o -type f -printf '%p %s %T@\n' 2>/dev/null) || return 0
  { sort <<<"$files" && git rev-parse HEAD 2>/dev/null; dotnet --version || true; } | cksum
}

# Makes the `dotnet` callable that has the SDK, which need not be the first on the PATH, or says what to install.
require_dotnet() {
  local home
  if has_sdk dotnet; then return; fi
  for home in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/lib64/dotnet; do
    if has_sdk "$home/dotnet"; then
      export DOTNET_ROOT=$home PATH=$home:$PATH
      return
    fi
  done
  die 'The .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0'
}

has_sdk() { # DOTNET
  [[ $'\n'$("$1" --list-sdks 2>/dev/null) == *$'\n'10.0.* ]]
}

# require_program NAME PACKAGE...: installs Debian packages where the program is missing, or says the line that does.
require_program() {
  if ! command -v "$1" >/dev/null; then install_as_root "$1" "apt-get update && apt-get install -y --no-install-recommends ${*:2}"; fi
}

# require_ffmpeg_version PROGRAM: 5.1 at least. One that was built from the newest sources names none that could be compared; that and all else /ready tells.
require_ffmpeg_version() {
  local said=''
  read -r said < <("$1" -version 2>/dev/null) || true
  if [[ $said =~ ^ffmpeg\ version\ n?([0-9]{1,4})\.([0-9]{1,4}) ]] && ((10#${BASH_REMATCH[1]} * 10000 + 10#${BASH_REMATCH[2]} < 50001)); then
    die "$1 is of version ${BASH_REMATCH[1]}.${BASH_REMATCH[2]}; it takes 5.1 or later. Another one can be named: Framelane__Media__FfmpegPath=/opt/ffmpeg/bin/ffmpeg ./run.sh"
  fi
}

# require_fonts [FOLDER...]: what texts are set in, Latin and the rest, and ICU, which knows where their lines break.
require_fonts() {
  if (($# == 0)); then set -- /usr/share/fonts /usr/local/share/fonts; fi
  if has_fonts "$@" && has_icu; then return; fi
  install_as_root 'Fonts or ICU' "apt-get update && apt-get install -y --no-install-recommends \
    fonts-inter fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji libicu-dev"
}

# Looked for by name: each distribution has folders of its own.
has_fonts() { # FOLDER...
  local name
  for name in Inter NotoSansArabic NotoSansCJK NotoColorEmoji; do
    if [[ -z $(find -L "$@" -name "$name*.[ot]t[cf]" -print -quit 2>/dev/null) ]]; then return 1; fi
  done
}

has_icu() {
  compgen -G '/usr/lib/*/libicuuc.so.*' || compgen -G '/usr/lib64/libicuuc.so.*' || compgen -G '/usr/lib/libicuuc.so.*'
} >/dev/null

# without_cultures: lets .NET do without ICU where it is not there; it would not start. SQL Server's driver does not do without.
without_cultures() {
  if ! has_icu; then export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-1}; fi
}

# preferably COMMAND...: one of the above, for what a server can go without. Where there is no apt-get, what is missing is named, and no more.
preferably() {
  if command -v apt-get >/dev/null; then
    "$@"
  elif ! ("$@"); then
    printf 'Going on without.\n' >&2
  fi
}

# require_postgres [FOLDER]: PostgreSQL's programs, which Debian keeps off the PATH; without a server of Debian's own, which
# nobody asked for.
require_postgres() {
  if compgen -G "${1:-/usr/lib/postgresql}/*/bin/postgres" >/dev/null; then return; fi
  install_as_root PostgreSQL "apt-get update && apt-get install -y --no-install-recommends postgresql-common \
    && sed -i \"s/^#*create_main_cluster.*/create_main_cluster = false/\" /etc/postgresql-common/createcluster.conf \
    && apt-get install -y --no-install-recommends postgresql"
}

install_as_root() { # PROGRAM COMMANDS
  local program=$1 install=$2 as_root=()
  if ! command -v apt-get >/dev/null; then die "$program is missing. On Debian this installs it:" "  $install"; fi
  if [[ $(id -u) != 0 ]]; then as_root=(sudo -n); fi
  if ! "${as_root[@]}" true 2>/dev/null; then
    die "$program is missing, and this user cannot install it. Run:" "  sudo sh -c '$install'"
  fi
  printf 'Installing %s\n' "$program"
  quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c "$install" || die "$program could not be installed."
}

# split_url URLS: sets url, host and port to where the first of the addresses that a server listens on can be reached.
split_url() {
  local scheme=${1%%://*} authority=${1#*://}
  authority=${authority%%[;/]*}
  host=${authority%:*} port=${authority##*:}
  if [[ -z $port || $port == *[!0-9]* ]]; then
    host=$authority
    if [[ $scheme == https ]]; then port=443; else port=80; fi
  fi
  case $host in
    '*' | '+' | 0.0.0.0 | '[::]') host=127.0.0.1 ;;
  esac
  # Read by whoever calls.
  # shellcheck disable=SC2034
  url=$scheme://$host:$port
  host=${host//[\[\]]/}
}

is_listening() { # HOST PORT
  (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}

free_port() {
  local port
  for _ in {1..100}; do
    port=$((20000 + RANDOM % 12000))
    if ! is_listening 127.0.0.1 "$port"; then
      printf '%s' "$port"
      return
    fi
  done
  die 'No free port was found.'
}

# http_get HOST PORT PATH [KEY]: what a GET is answered with, head and body. Takes no program but bash; of the version that sends a body in one piece.
http_get() (
  exec 3<>"/dev/tcp/$1/$2" || return
  printf 'GET %s HTTP/1.0\r\nHost: %s:%s\r\n%s\r\n' "$3" "$1" "$2" "${4:+Authorization: Bearer $4$'\r\n'}" >&3
  IFS= read -r -d '' -t 10 -u 3 answer || true
  printf '%s' "$answer"
) 2>/dev/null

http_status() {
  local status=''
  read -r _ status _ < <(http_get "$@") || true
  printf '%s' "$status"
}

http_body() {
  local answer
  answer=$(http_get "$@") || true
  printf '%s' "${answer#*$'\r\n\r\n'}"
}

# await_ready PID URL: until the server is ready. Fails where its process ends first, or two minutes pass.
await_ready() {
  local pid=$1 url host port
  split_url "$2"
  for _ in {1..1200}; do
    if [[ $url == https://* ]]; then
      if is_listening "$host" "$port"; then return; fi
    elif [[ $(http_status "$host" "$port" /ready) == 200 ]]; then
      return
    fi
    if ! kill -0 "$pid" 2>/dev/null; then return 1; fi
    sleep 0.1
  done
  return 1
}
