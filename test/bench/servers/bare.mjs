// The floor: node:http sending bytes that were made before. usage: bare.mjs FILE
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { announce } from './announce.mjs';

const bytes = readFileSync(process.argv[2]);
const headers = { 'content-type': 'application/json', 'content-length': bytes.length };
const server = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200, headers).end(bytes));
});
announce(server);
