# Built on Debian, where the tool chain is tested; run on Alpine, which is smaller: nothing at run time is native code.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json rolldown.config.ts openapi.yaml ./
COPY src ./src
RUN npm run build

FROM node:20-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:20-alpine
ENV NODE_ENV=production
ENV FORMAL_MOCK_HOST=0.0.0.0
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json openapi.yaml LICENSE ./
COPY fixtures ./fixtures
USER node
EXPOSE 4010
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["node", "dist/cli/health.js"]
# Exec form: node itself is the process that SIGTERM reaches.
ENTRYPOINT ["node", "dist/cli/main.js"]
CMD ["serve"]
