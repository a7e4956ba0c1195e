# photolib in a container: data and keys on two volumes, so that a backup of the one never holds the other.
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt

FROM python:3.13-slim-bookworm
RUN useradd --uid 1000 --create-home photolib \
    && install -d -o photolib -g photolib -m 0700 /data /keystore
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py LICENSE README.md ./
COPY photolib photolib
COPY faces faces
COPY templates templates
COPY static static
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PHOTOLIB_DATA=/data \
    PHOTOLIB_KEYSTORE=/keystore \
    PHOTOLIB_LISTEN=0.0.0.0:8000
USER photolib
VOLUME ["/data", "/keystore"]
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["python", "manage.py", "serve"]
