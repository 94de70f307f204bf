# Builds Berth from its source alone: docker build -t berth .
FROM rust:1.95-trixie AS build
RUN apt-get update && apt-get install -y --no-install-recommends binaryen make && rm -rf /var/lib/apt/lists/*
WORKDIR /berth
# The tools change rarely: a layer of their own.
COPY rust-toolchain.toml Cargo.lock Makefile ./
COPY .ci .ci
RUN .ci/install rust leptos
COPY . .
RUN make build

FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/berth berth
COPY --from=build /berth/target/release/berth /opt/berth/berth
COPY --from=build /berth/target/site /opt/berth/site
USER berth
# The database and the sandbox's world: mount a volume here to keep them.
WORKDIR /var/lib/berth
VOLUME /var/lib/berth
ENV BERTH_LISTEN=0.0.0.0:3000
EXPOSE 3000
ENTRYPOINT ["/opt/berth/berth"]
CMD ["serve"]
