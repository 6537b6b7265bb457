#!/usr/bin/env node
import { checkHealth } from './check-health.ts';

process.exitCode = await checkHealth(process.env);
