# One image for web, worker, beat and the one-shot migration; docker-compose.yml says which.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings

WORKDIR /srv/attune
RUN useradd --system --uid 10001 --home-dir /srv/attune --shell /usr/sbin/nologin attune

COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

COPY manage.py ./
COPY portal portal
COPY courses courses
COPY assessments assessments
COPY templates templates
COPY static static

# Hashed and compressed once, here; the addresses of servers are only there to be well formed.
RUN SECRET_KEY=only-to-collect-static-files \
    DATABASE_URL=postgres://none@127.0.0.1/none \
    REDIS_URL=redis://127.0.0.1/0 \
    python manage.py collectstatic --noinput --verbosity 0 \
    && mkdir -p var/media var/beat \
    && chown attune var/media var/beat

USER attune
ENV PORT=8000
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/live', timeout=4)"]
# gunicorn listens on all interfaces at $PORT.
CMD ["gunicorn", "portal.wsgi", "--worker-class", "gthread", "--workers", "2", "--threads", "8", \
     "--preload", "--graceful-timeout", "25", "--no-control-socket", "--access-logfile", "-"]
