#!/bin/sh
# One exercise in a container: begins it, or takes its log up where it was left. Everything of it lies in DATA.
# The codes stand on the cards (DATA/cards.html), and nowhere in what a container's log keeps.
set -eu
data=${DATA:-/data}
log=$data/exercise.jsonl
umask 077
set -- --facilitator joined --bind "${BIND:-0.0.0.0}:${PORT:-7410}" \
    --people "${PEOPLE:-us=1,china=1,facilitator=1}" --sheet "$data/cards.html" "$@"
if [ -n "${PUBLIC_URL:-}" ]; then
    set -- "$@" --browsers "$PUBLIC_URL"
fi
if [ -e "$log" ]; then
    exec crisis-sim host "$log" "$@" >/dev/null
fi
exec crisis-sim host "${SCENARIO:?name a scenario}" --length "${LENGTH:-90}" --log "$log" "$@" >/dev/null
