# What the scripts at the root share; sourced, never run. Sets DOTNET_ROOT and the dotnet command.

say() { printf '%s\n' "$*" >&2; }

# Finds the .NET SDK or says how to get it.
need_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1 && [ -x "$HOME/.dotnet/dotnet" ]; then
    PATH="$HOME/.dotnet:$PATH"
  fi
  if ! command -v dotnet >/dev/null 2>&1; then
    say "sojourn: the .NET 10 SDK is missing."
    say "Install it as https://dotnet.microsoft.com/download/dotnet/10.0 says, then try again."
    exit 78
  fi
  DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
  export DOTNET_ROOT PATH
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

# install WHY PACKAGE…: by apt when root, else says what to do and returns 1.
install() {
  local why=$1
  shift
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    say "$why: please install $* (on Debian: sudo apt-get install $*)."
    return 1
  fi
  say "$why: installing $* (apt)."
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } \
    >"${TMPDIR:-/tmp}/sojourn-apt.log" 2>&1; then
    say "apt could not install $*; the end of what it said:"
    tail -n 20 "${TMPDIR:-/tmp}/sojourn-apt.log" >&2
    return 1
  fi
}

# The embedded store uses the operating system's SQLite, which gets its security fixes.
need_sqlite() {
  [ "$(uname -s)" = Linux ] || return 0
  if ! /sbin/ldconfig -p 2>/dev/null | grep -q 'libsqlite3\.so\.0'; then
    install "SQLite (libsqlite3.so.0) is missing" libsqlite3-0 || return 1
  fi
}

# What browsers get is bundled by npm when the server is built.
need_node() {
  command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 && return 0
  install "Node.js 18 or later, with npm, is missing" nodejs npm
}
