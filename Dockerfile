# The service in one image. Building needs the package registries; running needs no network but its own door.
#
#   docker build -t screening .
#   docker run -p 8000:8000 screening demo --host 0.0.0.0          a made-up borough, to look at
#   docker run -p 8000:8000 -e ... screening                       real use: see README.md for what it wants

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python3 -m venv /opt/screening
WORKDIR /build
# The dependencies change less often than the code, so they come first and are kept.
COPY requirements-run.lock ./
RUN /opt/screening/bin/python3 -m pip install --require-hashes --requirement requirements-run.lock
COPY LICENSE NOTICE pyproject.toml hatch_build.py ./
COPY models models
COPY training training
COPY screening screening
RUN /opt/screening/bin/python3 -m pip install --no-deps . \
    && /opt/screening/bin/python3 -m pip uninstall --yes pip \
    && rm -rf /opt/screening/lib/python3.11/site-packages/setuptools*

FROM python:3.11-slim-bookworm
ENV PATH=/opt/screening/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    OMP_NUM_THREADS=1 \
    HOME=/data
# One user without rights; /data is the only place that it may write to.
RUN groupadd --gid 10001 screening \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin screening \
    && mkdir /data \
    && chown 10001:10001 /data
COPY --from=build /opt/screening /opt/screening
WORKDIR /data
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=150s --retries=3 \
    CMD ["python3", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
ENTRYPOINT ["screening"]
# Inside a container the door must face the network that Docker gives it.
CMD ["serve", "--host", "0.0.0.0"]
