#!/bin/bash
# A private PostgreSQL 15 for tests, in a temporary folder, on a port nobody listens on.
#
#   build/postgres.sh run COMMAND…   starts it, runs COMMAND with SOJOURN_TEST_POSTGRES, stops it
#   build/postgres.sh start          starts it; prints FOLDER, then the connection string
#   build/postgres.sh stop FOLDER    stops what start made and removes the folder
#
# SOJOURN_TEST_POSTGRES_PORT chooses the port (54329). Superuser and database have names of our
# own, so that a wrong port cannot reach anybody else's data.
set -euo pipefail

bin=${POSTGRES_BIN:-/usr/lib/postgresql/15/bin}
port=${SOJOURN_TEST_POSTGRES_PORT:-54329}
mark=sojourn-test-postgres

fail() { echo "postgres.sh: $1" >&2; exit 1; }

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then (cd / && su postgres -s /bin/bash -c "$1"); else bash -c "$1"; fi
}

start() {
    [ -x "$bin/initdb" ] || fail "no PostgreSQL 15 in $bin; install it: apt-get install postgresql-15"
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        fail "port $port is taken; set SOJOURN_TEST_POSTGRES_PORT to a free one"
    fi
    local folder
    folder=$(mktemp -d "/tmp/$mark.XXXXXX")
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    as_postgres "$bin/initdb -D $folder/data -A trust -U sojourn_test --no-sync -E UTF8 \
        --locale=C.UTF-8" >"$folder.log" || { cat "$folder.log" >&2; fail "initdb failed"; }
    mv "$folder.log" "$folder/initdb.log"
    # Tests kill processes, never the machine, so nothing is lost by leaving out fsync.
    as_postgres "$bin/pg_ctl -D $folder/data -w -l $folder/log -o '-c port=$port \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder \
        -c max_connections=200 -c fsync=off' start" >/dev/null \
        || { cat "$folder/log" >&2; rm -rf "$folder"; fail "PostgreSQL did not start"; }
    as_postgres "$bin/createdb -h $folder -p $port -U sojourn_test sojourn_test"
    echo "$folder"
    echo "Host=127.0.0.1;Port=$port;Username=sojourn_test;Database=sojourn_test"
}

stop() {
    local folder=$1
    case "$folder" in
        /tmp/"$mark".*) ;;
        *) fail "$folder was not made by this script" ;;
    esac
    as_postgres "$bin/pg_ctl -D $folder/data -m fast stop" >/dev/null
    rm -rf "$folder"
}

run() {
    local started folder
    started=$(start)
    folder=$(head -n 1 <<<"$started")
    trap "stop '$folder'" EXIT
    SOJOURN_TEST_POSTGRES=$(tail -n 1 <<<"$started") "$@"
}

case "${1:-}" in
    run) shift; [ $# -gt 0 ] || fail "run needs a command"; run "$@" ;;
    start) start ;;
    stop) [ $# = 2 ] || fail "stop needs the folder that start printed"; stop "$2" ;;
    *) fail "usage: build/postgres.sh run COMMAND… | start | stop FOLDER" ;;
esac
