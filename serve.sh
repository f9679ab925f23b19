#!/usr/bin/env bash
# Run the web server, the worker that sends mails, the periodic job, and in the demonstration what stands in for Stripe;
# when one of the first three ends or this is stopped, all end.
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/.venv/bin:$PATH" DJANGO_SETTINGS_MODULE=festival.project.settings

python manage.py work --verbosity 0 &
worker=$!
python manage.py tick --every 60 --verbosity 0 &
ticking=$!
stripe=
# The demonstration has a stand-in for Stripe, unless it was given keys of the real one.
if [[ "${DEMO:-0}" =~ ^(1|true|yes|on)$ && -z "${STRIPE_SECRET_KEY:-}" ]]; then
  python manage.py stripe_demo --verbosity 0 &
  stripe=$!
fi
granian --interface wsgi --host "${HOST:-127.0.0.1}" --port "${PORT:-8000}" --workers "${WORKERS:-1}" \
  --blocking-threads "${THREADS:-4}" --respawn-failed-workers --no-access-log --log-level warning festival.project.wsgi:application &
server=$!

stop() {
  trap - EXIT INT TERM
  kill "$worker" "$ticking" "$server" $stripe 2>/dev/null || true
  wait "$worker" "$ticking" "$server" $stripe 2>/dev/null || true
}
trap stop EXIT INT TERM
wait -n "$worker" "$ticking" "$server"
