# Tests of what scripts/lib.sh builds and installs before anything runs. tests.sh sources this file.
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2317 # The folder is of tests.sh, and tests are called by name.

# tree NAME: goes to a folder of sources, with a dotnet that notes what it publishes, which is a program that waits, and by how manieth call.
tree() {
  mkdir -p "$folder/$1/src/Server/obj" "$folder/$1/"{compat,samples,bench,bin}
  cd "$folder/$1" && touch Directory.Build.props global.json .editorconfig src/Server/{Server.csproj,One.cs,Two.cs} || exit
  cat >bin/dotnet <<'END'
#!/bin/sh
if [ "$1" = --version ]; then cat sdk; exit; fi
test ! -e broken || exit 1
echo "$*" >>built
mkdir -p "$6" && touch "$6/Server.dll" && cp "$(command -v sleep)" "$6/server" && wc -l <built >"$6/number"
END
  chmod +x bin/dotnet
  echo 10.0.1 >sdk
  PATH=$PWD/bin:$PATH
}

test_a_server_that_runs_keeps_its_build() {
  tree running
  local server process number
  mkdir -p elsewhere/Server && touch elsewhere/Server/Old.dll
  ln -s elsewhere artifacts
  publish src/Server
  expect 1 "$(<artifacts/Server/number)"
  expect '' "$(find artifacts/Server/ -name Old.dll)"
  server=$(readlink -f artifacts/Server)
  "$server/server" 100 >/dev/null 2>&1 &
  process=$!
  for number in 2 3 4 5; do
    touch -d "200$number-01-01" src/Server/One.cs
    publish src/Server
    expect "$number" "$(<artifacts/Server/number)"
  done
  expect 1 "$(<"$server/number")"
  expect '1 4 5' "$(sort artifacts/builds/Server/*/number | xargs)"
  kill "$process" && wait "$process"

  touch broken src/Server/One.cs
  (publish src/Server) >/dev/null 2>&1 && exit 1
  expect 5 "$(<artifacts/Server/number)"
  rm broken
  publish src/Server
  expect '5 6' "$(sort artifacts/builds/Server/*/number | xargs)"
}

test_a_build_that_cannot_be_put_in_its_place_fails() {
  tree stuck
  printf '#!/bin/sh\nexit 1\n' >bin/mv
  chmod +x bin/mv
  local said
  said=$(publish src/Server 2>&1) && exit 1
  expect_match '*artifacts/Server cannot be replaced*' "$said"
}

test_what_others_still_build_and_what_is_in_use_stays() {
  tree beside
  mkdir -p artifacts/builds/Server/{1,2,8,9}
  touch -d '2 hours ago' artifacts/builds/Server/1
  publish src/Server
  expect '2 8 9' "$(cd artifacts/builds/Server && echo [0-9])"
  expect 1 "$(<artifacts/Server/number)"
}

test_two_that_build_at_once_take_turns_and_the_second_finds_it_done() {
  tree turns
  sed -i '/^echo/i mkdir busy || touch together; sleep 0.5' bin/dotnet
  echo 'rmdir busy' >>bin/dotnet
  local first second
  publish src/Server &
  first=$!
  # It goes on as a server does, which keeps nobody waiting.
  (publish src/Server && exec sleep 987) &
  second=$!
  wait "$first" || exit
  touch -d '2001-01-01' src/Server/One.cs
  (publish src/Server) || exit
  kill "$second"
  [[ ! -e together ]] || exit
  expect 2 "$(wc -l <built | tr -d ' ')"
}

test_what_has_not_changed_is_not_built_again() {
  tree built
  # times EXPECTED [AFTER...]: how often it was built in all, when all but the first change nothing.
  times() {
    "${@:2}"
    publish src/Server
    publish src/Server
    expect "$1" "$(wc -l <built | tr -d ' ')"
  }
  times 1 true
  expect_match 'publish src/Server --configuration Release --output artifacts/builds/Server/* --verbosity quiet' "$(<built)"
  times 1 touch src/Server/obj/Made.cs
  times 2 touch -d '2001-01-01' src/Server/One.cs
  times 3 rm src/Server/Two.cs
  times 4 cp .editorconfig src/Server/Three.cs
  times 5 cp bin/dotnet Directory.Packages.props
  times 6 tee sdk <<<10.0.2
  times 7 rm artifacts/Server/Server.dll
  touch broken src/Server/One.cs
  (publish src/Server) >/dev/null 2>&1 && exit 1
  times 8 rm broken
}

# programs: a folder for the PATH, with what the helpers call and nothing that installs. debian: likewise of a Debian whose user may not install anything.
programs() {
  mkdir -p "$folder/bin"
  ln -sf "$(type -P find)" "$folder/bin/find"
  printf '%s' "$folder/bin"
}

debian() {
  mkdir -p "$folder/debian"
  ln -sf "$(type -P true)" "$folder/debian/apt-get"
  ln -sf "$(type -P false)" "$folder/debian/sudo"
  printf '#!/bin/sh\necho 1000\n' >"$folder/debian/id"
  chmod +x "$folder/debian/id"
  printf '%s:%s' "$folder/debian" "$(programs)"
}

# sdk FOLDER VERSION: a dotnet that has that SDK.
sdk() {
  mkdir -p "$1"
  printf '#!/bin/sh\ntest "$1" = --list-sdks && echo "%s [%s/sdk]"\n' "$2" "$1" >"$1/dotnet"
  chmod +x "$1/dotnet"
}

test_what_cannot_be_installed_is_named_with_the_line_that_does() {
  local said
  said=$(PATH=$(debian) require_program no-such-program some-package 2>&1) && exit 1
  expect_match '*no-such-program is missing*sudo sh -c*apt-get install -y --no-install-recommends some-package*' "$said"
  said=$(PATH=$(programs) require_program no-such-program some-package 2>&1) && exit 1
  expect_match '*no-such-program is missing*Debian*some-package*' "$said"
  expect 0 "$(grep -c sudo <<<"$said")"
}

test_what_a_server_goes_without_is_only_named_where_Debian_s_packages_are_not() {
  local said
  said=$(PATH=$(programs) preferably require_program no-such-program some-package 2>&1) || exit
  expect_match '*no-such-program is missing*Going on without*' "$said"
  said=$(PATH=$(debian) preferably require_program no-such-program some-package 2>&1) && exit 1
  expect_match '*no-such-program is missing*sudo sh -c*' "$said"
}

test_the_dotnet_is_taken_that_has_the_SDK() {
  sdk "$folder/usr" 8.0.110
  sdk "$folder/home/.dotnet" 10.0.100
  sdk "$folder/other" 10.0.101
  local HOME=$folder/home DOTNET_ROOT=
  expect "$folder/home/.dotnet/dotnet" "$(PATH=$folder/usr:$PATH; require_dotnet; command -v dotnet)"
  expect "$folder/other/dotnet" "$(PATH=$folder/other:$PATH; require_dotnet; command -v dotnet)"
  expect "$folder/other/dotnet" "$(PATH=$folder/usr:$PATH DOTNET_ROOT=$folder/other; require_dotnet; command -v dotnet)"
}

test_other_systems_are_told_so() {
  local said
  said=$(OSTYPE=darwin23 bash scripts/lib.sh 2>&1) && exit 1
  expect_match '*Linux*bash 4.4*' "$said"
}

test_programs_of_the_settings_are_not_looked_for() {
  local said
  sdk "$folder/dotnet" 10.0.100
  for program in basename bash cat cksum date dirname env mkdir mktemp rm sort; do ln -sf "$(type -P "$program")" "$(programs)/$program"; done
  run() { PATH=$folder/dotnet:$(programs) ASPNETCORE_URLS=http://127.0.0.1:$(free_port) ./run.sh "$@" 2>&1; }
  said=$(run) && exit 1
  expect_match '*ffmpeg is missing*' "$said"
  said=$(run --Framelane:Media:FfmpegPath /opt/ffmpeg) && exit 1
  expect_match '*prlimit is missing*util-linux*' "$said"
  for program in prlimit setpriv setsid; do ln -sf "$(type -P "$program")" "$(programs)/$program"; done
  said=$(run --Framelane:Media:FfmpegPath /opt/ffmpeg) && exit 1
  expect_match '*src/Framelane.Api does not build*' "$said"
}

test_an_ffmpeg_that_is_too_old_is_told_so() {
  local version said
  for version in 4.4.2-0ubuntu0.22.04.1 n5.0.1 3.4; do
    printf '#!/bin/sh\necho ffmpeg version %s Copyright\necho built with gcc\n' "$version" >"$folder/old-ffmpeg" && chmod +x "$folder/old-ffmpeg"
    said=$(require_ffmpeg_version "$folder/old-ffmpeg" 2>&1) && exit 1
    expect_match '*/old-ffmpeg is of version *5.1 or later*' "$said"
  done
  for version in 5.1.9-0+deb12u1 n7.1 10.0 N-12345-g0123456789 2024-05-27-git-01c7f68f7a; do
    printf '#!/bin/sh\necho ffmpeg version %s Copyright\n' "$version" >"$folder/old-ffmpeg"
    require_ffmpeg_version "$folder/old-ffmpeg" || exit
  done
  require_ffmpeg_version "$folder/none"
}

test_a_server_of_the_demo_takes_no_settings_from_this_folder() {
  local repository=$PWD said
  tree own
  cp -r "$repository/"{run.sh,scripts} .
  cat >bin/dotnet <<'END'
#!/bin/sh
case $1 in
  --list-sdks) echo "10.0.100 [/sdk]" ;;
  --version) echo 10.0.100 ;;
  publish) mkdir -p "$6" && touch "$6/$(basename "$2").dll" ;;
  *) echo "Settings are looked for in $ASPNETCORE_CONTENTROOT" && exit 1 ;;
esac
END
  said=$(./run.sh demo 2>&1) && exit 1
  expect_match "*Settings are looked for in ${TMPDIR:-/tmp}/*" "$said"
}

test_a_server_that_does_not_become_ready_is_told_of() {
  local repository=$PWD said port server
  tree unready
  cp -r "$repository/"{run.sh,scripts} . && mkdir data && echo fl_live_key >data/api-key
  cat >server.py <<'END'
import http.server, sys
class Unready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.headers["Authorization"] == "Bearer fl_live_key" else 503)
        self.end_headers()
        self.wfile.write(b'{"failing":["media_tools"]}')
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Unready).serve_forever()
END
  cat >bin/dotnet <<'END'
#!/bin/sh
case $1 in
  --list-sdks) echo "10.0.100 [/sdk]" ;;
  --version) echo 10.0.100 ;;
  publish) mkdir -p "$6" && touch "$6/$(basename "$2").dll" ;;
  *) exec python3 server.py "${ASPNETCORE_URLS##*:}" ;;
esac
END
  # Two minutes pass in no time.
  ln -s "$(type -P true)" bin/sleep
  port=$(free_port)
  : >"$folder/said"
  ASPNETCORE_URLS=http://127.0.0.1:$port ./run.sh >"$folder/said" 2>/dev/null &
  server=$!
  for _ in {1..600}; do
    if grep -q '^Try it: ' "$folder/said"; then break; fi
    command -p sleep 0.1
  done
  kill "$server"
  said=$(<"$folder/said")
  expect_match "*not ready*http://127.0.0.1:$port/ready says: *media_tools*Documentation: *API key: fl_live_key*" "$said"
}

test_postgres_is_installed_without_a_server_that_nobody_asked_for() {
  mkdir -p "$folder/postgresql/15/bin"
  local said
  said=$(PATH=$(debian) require_postgres "$folder/postgresql" 2>&1) && exit 1
  expect_match '*PostgreSQL is missing*postgresql-common*create_main_cluster = false*install -y --no-install-recommends postgresql*' "$said"
  touch "$folder/postgresql/15/bin/postgres"
  expect '' "$(PATH=$(debian) require_postgres "$folder/postgresql" 2>&1)"
}

test_fonts_are_asked_for_by_name_where_they_are_missing() {
  mkdir -p "$folder/fonts/inter" "$folder/fonts/google-noto-vf"
  local said
  touch "$folder/fonts/inter/Inter.ttc" "$folder/fonts/google-noto-vf/"{NotoSansCJK-VF.ttc,NotoColorEmoji.ttf}
  said=$(PATH=$(debian) require_fonts "$folder/fonts" 2>&1) && exit 1
  expect_match '*missing*install -y --no-install-recommends*fonts-inter fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji*' "$said"
  touch "$folder/fonts/google-noto-vf/NotoSansArabic[wght].ttf"
  expect '' "$(PATH=$(debian) require_fonts "$folder/fonts" 2>&1)"
}
