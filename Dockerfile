# spillcheck in an image: docker run --rm -v "$PWD:/src:ro" spillcheck
FROM node:22-slim AS build
WORKDIR /build
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY src src
COPY rules rules
COPY bin bin
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:22-slim
WORKDIR /opt/spillcheck
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY --from=build /build/bin bin
COPY --from=build /build/rules rules
RUN ln -s /opt/spillcheck/bin/spillcheck.js /usr/local/bin/spillcheck
# nothing is written and nothing is asked of the network
USER node
WORKDIR /src
ENTRYPOINT ["spillcheck"]
