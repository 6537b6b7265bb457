import { startMock } from '../../../src/mock/create-mock.ts';
import { type ContractServer, describeContract } from '../../../src/vitest.ts';

const start = (): Promise<ContractServer> => startMock({ port: 0, scenario: 'empty' });

describeContract('an empty server', { start });
describeContract('an empty server that may be empty', { start, allowsNothingVerified: true });
