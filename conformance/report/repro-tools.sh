export LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unseen() { echo "could not be seen: $1" >&2; exit 2; }
needed() { [ -n "${!1-}" ] || unseen "set $1 in the environment"; }
for tool in curl jq; do command -v "$tool" >/dev/null || unseen "$tool is not installed"; done
fresh() { od -An -N8 -tu8 /dev/urandom | tr -dc 0-9 | cut -c1-16; }
start=$(jq -n 'now * 1000 | floor')
# at <ms>: that long after the start of this script, as an instant
at() {
  jq -nr --argjson t "$((start + $1))" \
    '($t / 1000 | floor | todate | rtrimstr("Z")) + "." + (($t % 1000 + 1000 | tostring)[1:]) + "Z"'
}
# call <step> <arguments of curl>
call() {
  step=$1 && shift
  curl -sS --max-time 60 -o "$work/$step.body" -D "$work/$step.headers" -w '%{http_code}' "$@" >"$work/$step.status" ||
    unseen "step $step got no answer"
  touch "$work/$step.body"
  echo "step $step answered $(status "$step")" >&2
}
# of the answer to <step>
status() { cat "$work/$1.status"; }
header() {
  awk -v name="$2" 'index(tolower($0), name ":") == 1 { sub(/^[^:]*: */, ""); sub(/\r$/, ""); print }' \
    "$work/$1.headers" | tail -n 1
}
header_presence() { if grep -qi "^$2:" "$work/$1.headers"; then echo present; else echo absent; fi; }
media() { header "$1" content-type | sed 's/ *;.*//'; }
member() { jq -er "$2 // empty | tostring" "$work/$1.body" 2>/dev/null || true; }
presence() {
  jq -r --argjson path "$2" \
    'if try (getpath($path[:-1]) | has($path[-1])) catch false then "present" else "absent" end' "$work/$1.body"
}
problem() { echo "$(status "$1") $(member "$1" '.code // "(no problem code)"') $(media "$1")"; }
taken() { [ -n "$2" ] || unseen "the answer to step $1 has no $3"; }
