import type { Express } from 'express';
import { type Logger, pino } from 'pino';
import { type Certificate, loadCertificate } from '../files/load-certificate.ts';
import { loadProfile } from '../files/load-profile.ts';
import type { Operation } from '../openapi/operation.ts';
import type { World } from '../world/world.ts';
import { type Clock, createClock, readStopwatch } from './clock.ts';
import { createMockApp, type MockSurface } from './create-mock-app.ts';
import { createDispatcher } from './dispatch.ts';
import { followChanges } from './follow-changes.ts';
import { createHttp2Handler } from './http2-handler.ts';
import { createListener, type Listening } from './listen.ts';
import { createLiveRoutes } from './live-routes.ts';
import { loadServedDocuments } from './load-documents.ts';
import { loadFakerFor } from './load-faker.ts';
import { loadMockWorld } from './load-mock-world.ts';
import type { MockOptions, ResolvedMockOptions } from './mock-options.ts';
import { createRequestLog } from './request-log.ts';
import { resolveMockOptions } from './resolve-options.ts';
import { type MockTraits, traitsOf } from './traits.ts';

/** A mock that is ready to be started, or to be called in process through `app`. */
export interface Mock {
  /** The Express application: mount it, or hand it to supertest. */
  readonly app: Express;
  /** The world behind the answers. */
  readonly world: World;
  /** The operations served at the moment, document by document. */
  operations(): readonly Operation[];
  /** Sessions revealed so far. */
  worldSize(): number;
  /** Listens on the configured address. Throws KitError `ERR_LISTEN`. */
  start(): Promise<Listening>;
  /** Takes no new connections, finishes the answers under way, then closes. Safe to call twice. */
  stop(): Promise<void>;
}

/** What a mock is given rather than told. */
export interface MockDependencies {
  /** Default: one that writes nothing. */
  readonly logger?: Logger;
  /** Tells the instant at which the world is seen. Default: as the option `now` says. */
  readonly clock?: Clock;
}

/**
 * Loads document and world and builds the mock; nothing listens yet. Throws KitError for a bad option,
 * document or scenario. Two mocks in one process share nothing.
 */
export async function createMock(
  options: MockOptions = {},
  dependencies: MockDependencies = {},
): Promise<Mock> {
  const resolved = resolveMockOptions(options);
  const { logger = pino({ level: 'silent' }) } = dependencies;
  const clock = dependencies.clock ?? createClock(resolved.now);
  const startedAt = clock();
  const loading = loadServedDocuments(resolved.spec);
  const loadThisWorld = (): Promise<World> => loadMockWorld(resolved, { now: startedAt, served: loading });
  const [world, served] = await Promise.all([loadThisWorld(), loading]);
  const faker = await loadFakerFor(served, resolved);
  const traits = await loadTraits(resolved, logger);
  let isStopping = false;
  const isReady = (): boolean => !isStopping;
  const live = createLiveRoutes(
    { world, served },
    { options: resolved, traits, clock, logger, faker, isReady },
  );
  const surface: MockSurface = {
    log: createRequestLog({ logger, stopwatch: readStopwatch, sendsRequestId: !resolved.strict }),
    hasCors: resolved.cors,
    dispatch: createDispatcher({ table: live.table, logger }),
    logger,
  };
  const app = createMockApp(surface);
  const tls = await loadTls(resolved);
  const listener = createListener({ app, http2: createHttp2Handler(surface), tls }, resolved);
  let watches: readonly { close(): void }[] = [];
  return {
    app,
    world,
    operations: () => live.sources().served.flatMap(({ operations }) => operations),
    worldSize: () => live.sources().world.count(clock()),
    start: async () => {
      const listening = await listener.start();
      if (resolved.watch && watches.length === 0) {
        watches = followChanges({ options: resolved, logger, live, loadWorld: loadThisWorld });
      }
      return listening;
    },
    stop: () => {
      isStopping = true;
      for (const watch of watches) watch.close();
      return listener.stop();
    },
  };
}

async function loadTraits(options: ResolvedMockOptions, logger: Logger): Promise<MockTraits> {
  const { profile } = options;
  const traits = traitsOf(options, profile === undefined ? {} : await loadProfile(profile));
  for (const fact of traits.notImitated) logger.warn({ fact }, 'a fact of the profile is not imitated');
  return traits;
}

async function loadTls(options: ResolvedMockOptions): Promise<Certificate | undefined> {
  const { tls, tlsCert: certFile, tlsKey: keyFile, host } = options;
  const isWanted = tls || certFile !== undefined || keyFile !== undefined;
  return isWanted ? loadCertificate({ certFile, keyFile, host }) : undefined;
}

/** `createMock` and `start` in one: a listening mock. Throws what they throw. */
export async function startMock(
  options: MockOptions = {},
  dependencies: MockDependencies = {},
): Promise<Mock & Listening> {
  const mock = await createMock(options, dependencies);
  return { ...mock, ...(await mock.start()) };
}
