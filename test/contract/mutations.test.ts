import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALL_CASES } from '../../src/contract/cases/all-cases.ts';
import { ALL_PROBES } from '../../src/contract/probes/all-probes.ts';
import { packagedDocument, runContract } from '../../src/contract/run.ts';
import type { Audience } from '../../src/contract/run-view.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';
import { acceptedOf } from './servers/accepted-survivors.ts';
import { API_KEY, answer, honestSteps, json, type Steps } from './servers/honest-server.ts';
import { type MutatingProxy, startMutatingProxy } from './servers/mutating-proxy.ts';
import { MUTATIONS, type Mutation, type MutationPath, mutateText, pathsOf } from './servers/mutations.ts';
import { type RunningServer, startServer } from './servers/serving.ts';

const document = await loadDocument(packagedDocument());

/** Pages and refusals of every kind, in few requests; without binary, which the proxy does not change. */
const PROBES = ALL_PROBES.filter(({ id }) =>
  [
    'preflight/accepted',
    'auth/no-key',
    'page/first',
    'page/window',
    'page/window-again',
    'page/empty',
    'walk/small',
    'limits/negative',
  ].includes(id),
);

/** The honest server with everything that the document declares, and details in its errors. */
function fullSteps(): Steps {
  const honest = honestSteps(40);
  return {
    ...honest,
    writeSession: (session) => ({ ...session, sidecar: { id: 's1', name: 'side', technology: 'ssh' } }),
    refuse: (error) =>
      json(error.httpStatus, {
        code: error.code,
        message: error.message,
        details: [{ type: 'acme.v1.Hint', value: 'CAE' }],
      }),
  };
}

let server: RunningServer;
let proxy: MutatingProxy;
beforeAll(async () => {
  server = await startServer(fullSteps());
  proxy = await startMutatingProxy(server.url);
});
afterAll(async () => {
  await proxy.stop();
  await server.stop();
});

/** What is wrong: the cases that find something, and why the run is no success. */
async function problems(audience: Audience): Promise<readonly string[]> {
  const options = { url: proxy.url, apiKey: API_KEY, audience, document };
  const { outcomes, exitCode } = await runContract(options, { cases: ALL_CASES, probes: PROBES });
  const found = outcomes
    .filter(({ status }) => !['pass', 'skip', 'info'].includes(status))
    .map(({ id }) => id);
  return exitCode === 0 ? found : [...found, `exit code ${exitCode}`];
}

/** Every JSON text that the honest server gives to such a run. */
async function honestTexts(): Promise<readonly string[]> {
  if (server.requests.length === 0) await problems('any');
  const steps = fullSteps();
  return server.requests
    .map((request) => answer(steps, request))
    .filter(({ headers }) => headers['content-type'] === 'application/json')
    .map(({ body }) => String(body));
}

/** The paths at which a mutation changes something. */
async function pathsFor(mutation: Mutation): Promise<readonly MutationPath[]> {
  const texts = [...new Set(await honestTexts())];
  const paths = [...new Set(texts.flatMap((text) => pathsOf(JSON.parse(text))))].toSorted();
  return paths.filter((path) => texts.some((text) => mutateText(text, path, mutation) !== text));
}

async function isFound(path: MutationPath, mutation: Mutation, audience: Audience): Promise<boolean> {
  proxy.mutate((text) => mutateText(text, path, mutation));
  const found = await problems(audience);
  proxy.mutate(undefined);
  return found.length > 0;
}

test('undamaged answers pass through the proxy without an alarm, and have every documented field', async () => {
  expect(await problems('any')).toEqual([]);
  expect(await problems('mock')).toEqual([]);
  expect((await pathsFor((place, name) => void delete place[name])).length).toBeGreaterThan(50);
});

test.for(Object.entries(MUTATIONS))(
  '%s: damage to any path of any answer is found, or accepted for a reason',
  async ([name, mutation]) => {
    const survivors: MutationPath[] = [];
    for (const path of await pathsFor(mutation)) {
      if (!(await isFound(path, mutation, 'any'))) survivors.push(path);
    }
    expect(survivors).toEqual(acceptedOf(name).toSorted());
  },
);

test.for(Object.entries(MUTATIONS))(
  '%s: what is only learnt from strangers is found on the mock',
  async ([name, mutation]) => {
    for (const path of acceptedOf(name, 'learnt')) {
      expect(await isFound(path, mutation, 'mock'), path).toBe(true);
    }
  },
);
