#!/bin/sh
# Has Slurm do a plan: an array that extracts, after it an array of folds, and after that what collects them.
#
#   sh deploy/slurm/submit.sh PLAN [options of sbatch for all three, as --partition=short --account=lab]
#
# Options of one of them are in EXTRACT_OPTIONS, FOLDS_OPTIONS and COLLECT_OPTIONS. EMOFUSE is how Emofuse is
# called: "deno task" or "npx -y deno@2.9.6 task" in a clone (which of them is found out), or "emofuse" where
# that is installed. Whatever is done already is not done again: the same line goes on after a failure.
set -eu

[ $# -ge 1 ] || { echo "usage: submit.sh PLAN [options of sbatch]" >&2; exit 2; }
[ -f "$1/plan.json" ] || {
  echo "error: $1 is no folder of a plan; allowed: one that deno task plan made" >&2
  exit 2
}
plan=$(cd "$1" && pwd)
shift
here=$(cd "$(dirname "$0")" && pwd)
clone=$(cd "$here/../.." && pwd)
if [ -z "${EMOFUSE:-}" ]; then
  if command -v deno >/dev/null; then EMOFUSE="deno task"; else EMOFUSE="npx -y deno@2.9.6 task"; fi
fi
# In a clone, a task that reaches a bucket is one of its own, which may use the network.
bucket=
case $EMOFUSE in
  *task) if grep -q '"store": *"s3://' "$plan/plan.json"; then bucket=:bucket; fi ;;
esac

cd "$clone"
# Unquoted on purpose, here and below: these are words of a command line.
counts=$($EMOFUSE plan status "$plan" --count)
config=$(scontrol show config)
largest=$(echo "$config" | sed -n 's/^MaxArraySize *= *//p')
[ -n "$largest" ] || { echo "error: Slurm does not tell its MaxArraySize" >&2; exit 1; }
mkdir -p "$plan/logs"

# Submits a job and prints its number.
submit() {
  job=$(sbatch --parsable --chdir="$clone" "$@") || exit 1
  echo "${job%%;*}"
}
# The same for a stage. Arguments: the stage, further options of sbatch.
submit_array() {
  stage=$1
  shift
  shards=$(echo "$counts" | sed -n "s/^$stage //p")
  # Slurm's arrays are bounded: each task then does every so-manieth shard.
  tasks=$((shards < largest ? shards : largest))
  submit --job-name="emofuse-$stage" --array="0-$((tasks - 1))" \
    --output="$plan/logs/$stage-%a.log" "$@" "$here/stage.sbatch" "$plan" "$stage" "$shards" \
    $EMOFUSE "work$bucket"
}
# Nothing stays of what would wait for a job that Slurm refused, or have nobody to collect it.
refused() {
  echo "error: Slurm refused a job, as it says above; nothing was submitted" >&2
  [ $# -eq 0 ] || scancel "$@"
  exit 1
}

extract=$(submit_array extract "$@" ${EXTRACT_OPTIONS:-}) || refused
# What waits for a stage that failed would wait for ever. A step of folds has one thread, whatever shards have.
folds=$(submit_array folds --dependency="afterok:$extract" --kill-on-invalid-dep=yes \
  "$@" --cpus-per-task=1 ${FOLDS_OPTIONS:-}) || refused "$extract"
# In any case: it says what is missing, and how that is done.
collect=$(submit --job-name=emofuse-collect \
  --dependency="afterany:$folds" --output="$plan/logs/collect.log" \
  "$@" ${COLLECT_OPTIONS:-} "$here/collect.sbatch" "$plan" $EMOFUSE "collect$bucket") ||
  refused "$extract" "$folds"

echo "extract $extract"
echo "folds $folds"
echo "collect $collect"
echo "logs $plan/logs"
