# The packages, as the lock names them, without those of development. `npm ci` also packs the libraries that every
# start reads.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY src/startup src/startup
RUN npm ci --omit=dev

FROM node:24-bookworm-slim
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY data data
COPY src src
RUN mkdir /data && chown node:node /data && chmod 700 /data

# Owns nothing of the program. All that is ever written is the volume, and what may be lost at any time in /tmp.
USER node
WORKDIR /data
VOLUME /data
ENV NODE_ENV=production \
    DRAWBELL_DATABASE=/data/drawbell.db \
    NODE_COMPILE_CACHE=/tmp/drawbell
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/src/cli.ts"]
CMD ["watch", "--serve", "0.0.0.0:8080"]
