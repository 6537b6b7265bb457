// What one writes in an afternoon: Express, its body parser, and faker for every value of every session.
import { createServer } from 'node:http';
import { faker } from '@faker-js/faker';
import express from 'express';
import { announce } from './announce.mjs';

const app = express();
app.use(express.json());
app.post('/core.v1.SessionsService/ListSessionsV2', (request, response) => {
  if (request.get('x-api-key') !== 'formal-mock-key') {
    response.status(401).json({ code: 'unauthenticated', message: 'invalid api key' });
    return;
  }
  const limit = request.body.limit ?? 100;
  const sessions = Array.from({ length: limit }, createSession);
  response.json({ sessions, listMetadata: { count: limit, nextCursor: faker.string.uuid() } });
});
announce(createServer(app));

function createSession() {
  const person = createPerson();
  const username = `idp:formal:human:${person.email}`;
  return {
    id: `session_${faker.string.alphanumeric(26)}`,
    startTime: faker.date.recent().toISOString(),
    endTime: faker.date.recent().toISOString(),
    duration: `${faker.number.int({ max: 9999 })}s`,
    sessionStatus: faker.helpers.arrayElement(['active', 'completed']),
    network: { clientIpAddress: faker.internet.ipv4(), serverIpAddress: faker.internet.ipv4() },
    user: { type: 'formal', username, formal: { user: person, endUser: person } },
    resource: {
      type: faker.helpers.arrayElement(['datastore', 'aws', 'instance']),
      id: `resource_${faker.string.alphanumeric(26)}`,
      name: faker.internet.domainWord(),
      technology: faker.helpers.arrayElement(['postgres', 'mysql', 'ssh', 's3']),
    },
    connector: { id: `connector_${faker.string.alphanumeric(26)}`, name: faker.internet.domainWord() },
  };
}

function createPerson() {
  return {
    id: `user_${faker.string.alphanumeric(26)}`,
    name: faker.person.fullName(),
    email: faker.internet.email(),
    type: faker.helpers.arrayElement(['human', 'machine']),
    groups: [faker.commerce.department(), faker.commerce.department(), faker.person.jobArea()],
    externalIds: [faker.string.numeric(4), faker.internet.email()],
  };
}
