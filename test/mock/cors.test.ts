import { describe, expect, it } from 'vitest';
import { KEY, PATH, testApp } from './start-test-mock.ts';

const ORIGIN = 'http://app.example:3000';
const ASKED = 'content-type,x-api-key,connect-protocol-version';

describe('--cors', () => {
  it('answers a preflight without a key and allows every header that is asked for', async () => {
    const app = await testApp({ cors: true });
    const answer = await app
      .options(PATH)
      .set('Origin', ORIGIN)
      .set('Access-Control-Request-Method', 'POST')
      .set('Access-Control-Request-Headers', ASKED);
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': ASKED,
    });
  });

  it('marks answers and errors as readable, with the headers of every protocol', async () => {
    const app = await testApp({ cors: true });
    const ask = () => app.post(PATH).set('Content-Type', 'application/json').set('Origin', ORIGIN);
    const answers = [await ask().set('X-API-KEY', KEY).send('{}'), await ask().send('{}')];
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
    for (const { headers } of answers) {
      expect(headers['access-control-allow-origin']).toBe(ORIGIN);
      expect(headers['access-control-expose-headers']).toContain('Grpc-Status-Details-Bin');
      expect(headers['vary']).toContain('Origin');
    }
  });

  it('keeps an answer to GET apart by origin and by encoding', async () => {
    const app = await testApp({ cors: true });
    const query = { encoding: 'json', message: '{"limit":1}' };
    const { headers, status } = await app.get(PATH).query(query).set('Origin', ORIGIN).set('X-API-KEY', KEY);
    expect(status).toBe(200);
    expect(headers['vary']).toContain('Origin');
    expect(headers['vary']).toContain('Accept-Encoding');
  });

  it('leaves requests that come from no page as they are', async () => {
    const app = await testApp({ cors: true });
    const { headers } = await app.get('/health');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('is off unless asked for', async () => {
    const app = await testApp();
    const preflight = await app
      .options(PATH)
      .set('Origin', ORIGIN)
      .set('Access-Control-Request-Method', 'POST');
    expect(preflight.status).toBe(405);
    expect(preflight.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
