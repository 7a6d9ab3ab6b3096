# syntax=docker/dockerfile:1

ARG PYTHON_IMAGE=python:3.11-slim-bookworm

# What the portal needs to run, and nothing else.
FROM ${PYTHON_IMAGE} AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements/ /requirements/
RUN python -m venv /opt/portal \
    && /opt/portal/bin/pip install --quiet --require-hashes -r /requirements/production.txt

# Assets, boundaries, translations, static files: made with the development packages, which stay
# behind in this stage, as does Node.
FROM ${PYTHON_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements/ /requirements/
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install --quiet --require-hashes \
       -r /requirements/development.txt -r /requirements/node.txt
ENV PATH=/opt/build/bin:$PATH
WORKDIR /srv/portal
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
# The settings want their secrets at every start; these are random, open nothing and stay here.
RUN key() { python -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'; } \
    && export DJANGO_SETTINGS_MODULE=portal.settings.production VAR_DIR=/var/lib/portal \
        SECRET_KEY="$(key)" BLIND_INDEX_KEY="$(key)" \
        SEAL_KEYS="[{\"id\": \"build\", \"algorithm\": \"aes-256-gcm\", \"key\": \"$(key)\"}]" \
        SIGNING_KEYS="[{\"id\": \"build\", \"key\": \"$(key)\"}]" \
        ALLOWED_HOSTS=build DATABASE_URL=postgresql:///none REDIS_URL=redis://none/0 \
    && python manage.py compile_translations \
    && python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf node_modules

FROM ${PYTHON_IMAGE} AS portal
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent portal \
    && install -d -o portal -g portal /var/lib/portal /var/lib/portal/files
COPY --from=packages /opt/portal /opt/portal
COPY --from=build /srv/portal /srv/portal
COPY --from=build /var/lib/portal/static /var/lib/portal/static
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    VAR_DIR=/var/lib/portal
WORKDIR /srv/portal
USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "docker/health.py", "web"]
# One blocking thread a worker: each keeps one connection to the database.
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "1", "--backpressure", "128", "--no-ws", "portal.wsgi:application"]
