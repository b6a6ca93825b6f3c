#!/bin/sh
# Has Kubernetes do a plan that lies on the volume emofuse-work: an indexed Job that extracts, then one of folds,
# then what collects them. It waits for each, and says how many pods are pending and how many failed; the log of
# the last one says what is missing, if anything is.
#
#   sh deploy/kubernetes/plan/run.sh IMAGE SHARDS STEPS [most pods at once, default 100]
#
# SHARDS of extraction and STEPS of folds are what deno task plan printed. KUBECTL is how kubectl is called:
# "kubectl --context lab --namespace emofuse". Whatever is done already is not done again: the same line goes on
# after a failure.
set -eu

if [ $# -lt 3 ] || [ $# -gt 4 ]; then
  echo "usage: run.sh IMAGE SHARDS STEPS [most pods at once]" >&2
  exit 2
fi
image=$1 shards=$2 steps=$3 most=${4:-100}
for number in "$shards" "$steps" "$most"; do
  case $number in
    *[!0-9]* | '' | 0*)
      echo "error: $number shards, steps or pods; allowed: a whole number from 1" >&2
      exit 2
      ;;
  esac
done
kubectl=${KUBECTL:-kubectl}
here=$(cd "$(dirname "$0")" && pwd)

# How often in a row a Job may fail to be seen, at five seconds each.
most_unseen=24
# What has come true of a Job, and pods that are not over, that run, that did it and that failed.
state='{range .status.conditions[?(@.status=="True")]}{.type} {end}'
state="$state;{.status.active};{.status.ready};{.status.succeeded};{.status.failed}"

give_up() {
  echo "error: $1; what kubectl says is above" >&2
  exit 1
}

# Has a Job done by so many pods, and waits for its end; fails where it failed. A shell does not end by itself
# at what goes wrong in here, as it is called in an if.
do_job() {
  job=$1 count=$2
  at_once=$((count < most ? count : most))
  # Unquoted on purpose, here and below: these are words of a command line.
  $kubectl delete job "emofuse-$job" --ignore-not-found --wait=true ||
    give_up "the old Job emofuse-$job cannot be deleted"
  sed -e "s|image: emofuse\$|image: $image|" -e "s|completions: .*|completions: $count|" \
    -e "s|parallelism: .*|parallelism: $at_once|" "$here/$job.yaml" | $kubectl apply -f - ||
    give_up "the Job emofuse-$job cannot be made"
  unseen=0 told=
  while :; do
    if seen=$($kubectl get job "emofuse-$job" -o "jsonpath=$state"); then
      unseen=0
      case " ${seen%%;*}" in
        *" Complete "*) return 0 ;;
        *" Failed "*) return 1 ;;
      esac
      IFS=';' read -r _ active ready succeeded failed <<END
$seen
END
      tell="$job: ${succeeded:-0} of $count done, ${ready:-0} running,"
      tell="$tell $((${active:-0} - ${ready:-0})) pending, ${failed:-0} failed"
      [ "$tell" = "$told" ] || echo "$tell" >&2
      told=$tell
    else
      unseen=$((unseen + 1))
      [ "$unseen" -lt "$most_unseen" ] || give_up "the Job emofuse-$job was not to be seen $unseen times"
    fi
    sleep 5
  done
}

$kubectl apply -f "$here/volume.yaml"
# What failed is missing then, and is named at the end.
if do_job extract "$shards"; then
  do_job folds "$steps" || echo "some steps failed" >&2
else
  echo "some shards failed" >&2
fi
status=0
do_job collect 1 || status=1
$kubectl logs job/emofuse-collect
exit "$status"
