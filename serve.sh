#!/usr/bin/env bash
# Run the web server and the worker that sends mails, and stop both together.
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/.venv/bin:$PATH" DJANGO_SETTINGS_MODULE=festival.settings

python manage.py work --verbosity 0 &
worker=$!
trap 'kill "$worker" 2>/dev/null || true; wait "$worker" 2>/dev/null || true' EXIT

granian --interface wsgi --host "${HOST:-127.0.0.1}" --port "${PORT:-8000}" --workers "${WORKERS:-1}" \
  --blocking-threads "${THREADS:-4}" --respawn-failed-workers --no-access-log --log-level warning festival.wsgi:application
