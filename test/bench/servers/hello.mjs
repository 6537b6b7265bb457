// Express saying hello: what any Express application costs to start and to keep.
import { createServer } from 'node:http';
import express from 'express';
import { announce } from './announce.mjs';

const app = express();
app.post('/core.v1.SessionsService/ListSessionsV2', (_, response) => response.send('hello'));
announce(createServer(app));
