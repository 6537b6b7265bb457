import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderWith, runCli, serveCli } from './run-cli.ts';

const BAD = 'fixtures/documents/bad';
const CLINIC = 'fixtures/documents/clinic-3.0.yaml';

describe('serve --spec with a document that cannot be used', () => {
  it.each(readdirSync(BAD))('%s: one line that names the file, exit 2', async (name) => {
    const file = `${BAD}/${name}`;
    const { code, stdout, stderr } = await runCli(['serve', '--port', '0', '--spec', file]);
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({
      code: 2,
      stdout: '',
      lines: 1,
    });
    expect(stderr).toMatch(
      new RegExp(`^formal-mock: ${file.replaceAll('.', '\\.')}:\\d+:\\d+ #.*: \\S.*\\n$`),
    );
  });

  it('a file beyond 16 MiB is not read', async () => {
    const folder = folderWith({ 'huge.yaml': `# ${'x'.repeat(20 * 1024 * 1024)}\n` });
    const { code, stderr } = await runCli(['serve', '--port', '0', '--spec', `${folder}/huge.yaml`]);
    expect([code, stderr]).toEqual([
      2,
      `formal-mock: ${folder}/huge.yaml: has 20971523 bytes; at most 16777216 are read\n`,
    ]);
  });

  it('two documents that describe the same operation are refused', async () => {
    const { code, stderr } = await runCli(['serve', '--port', '0', '--spec', CLINIC, '--spec', CLINIC]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^formal-mock: \S+:\d+:\d+ \S+: GET \/v2\/patients is described by \S+ too; serve one of them\n$/,
    );
  });
});

describe('serve --spec', () => {
  it('says on its first screen how to call what it serves', async () => {
    const cli = await serveCli(['--spec', CLINIC]);
    const page = await (await fetch(cli.url)).text();
    expect(page).toContain('GET    /v2/patients/{patientId}');
    const answer = await fetch(`${cli.url}/v2/patients/7`, {
      headers: { authorization: 'Bearer formal-mock-key' },
    });
    expect(await answer.json()).toMatchObject({ id: 7 });
  });
});

describe('spec check', () => {
  it('lists what would be served, and exits 0', async () => {
    const { code, stdout } = await runCli(['spec', 'check', CLINIC]);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe(`${CLINIC}: 6 operations`);
    expect(stdout).toMatch(/GET +\/v2\/patients +rest +200 default +bearer token +pages/);
  });

  it('finds nothing to say against the built-in document', async () => {
    const { code, stdout } = await runCli(['spec', 'check', 'openapi.yaml', '--json']);
    expect(code).toBe(0);
    const [report] = JSON.parse(stdout).documents;
    expect(report).toMatchObject({ file: 'openapi.yaml', problems: [], notes: [] });
    expect(report.operations).toHaveLength(2);
  });

  it('names every mistake of every document with its place, and exits 2', async () => {
    const folder = folderWith({
      'two.yaml': `openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a: { get: { responses: { '200': { description: ok, content: { application/json: { schema: { minimun: 1 } } } } } } }
  /b: { get: { responses: { '200': { description: ok, content: { application/json: { schema: { maximun: 1 } } } } } } }
`,
    });
    const { code, stdout } = await runCli(['spec', 'check', CLINIC, `${folder}/two.yaml`]);
    expect(code).toBe(2);
    expect(stdout.match(/two\.yaml:[45]:\d+ #\S+: unknown keyword/g)).toHaveLength(2);
    expect(stdout).toContain('6 operations');
  });

  it('says what is not done without failing', async () => {
    const folder = folderWith({
      'hooks.yaml': `openapi: 3.1.0
info: { title: T, version: '1' }
webhooks: { paid: { post: { responses: { '200': { description: ok } } } } }
paths:
  /a: { get: { responses: { '204': { description: ok } } } }
`,
    });
    const { code, stdout } = await runCli(['spec', 'check', `${folder}/hooks.yaml`]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/hooks\.yaml:3:\d+ #\/webhooks\/paid: webhooks are not sent/);
  });

  it('names x-faker functions that faker does not have, and the base paths', async () => {
    const folder = folderWith({
      'faker.yaml': `openapi: 3.1.0
info: { title: T, version: '1' }
servers: [{ url: /v1 }, { url: / }]
paths:
  /a: { get: { responses: { '204': { description: ok } } } }
components:
  schemas:
    Good: { type: string, x-faker: internet.email }
    Bad: { type: string, x-faker: internet.emial }
`,
    });
    const { code, stdout } = await runCli(['spec', 'check', `${folder}/faker.yaml`]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /faker\.yaml:9:\d+ #\/components\/schemas\/Bad\/x-faker: x-faker "internet\.emial" is no function/,
    );
    expect(stdout.match(/is no function/g)).toHaveLength(1);
    expect(stdout).toContain('\n below /v1, /\n');
  });
});
