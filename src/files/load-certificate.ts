import { readFile } from 'node:fs/promises';
import { KitError } from '../errors.ts';

/** A certificate and its private key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Where the certificate comes from. */
export interface CertificateOptions {
  /** PEM files; both or neither. */
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
  /** Address the mock listens on, named in a self-signed certificate beside localhost. */
  readonly host: string;
}

/**
 * The certificate of two files, or a fresh self-signed one for localhost. Throws KitError
 * `ERR_OPTION_INVALID` for a file that cannot be read or when only one of the two is given, and
 * `ERR_PACKAGE_MISSING` where signing needs a package that is not there.
 */
export async function loadCertificate({ certFile, keyFile, host }: CertificateOptions): Promise<Certificate> {
  if (certFile === undefined && keyFile === undefined) return signOwn(host);
  if (certFile === undefined || keyFile === undefined) {
    const option = certFile === undefined ? 'tlsCert' : 'tlsKey';
    const expected = 'given together with its twin: a certificate and its key belong together';
    throw new KitError('ERR_OPTION_INVALID', { option, expected, value: 'nothing' });
  }
  return { cert: await readPem('tlsCert', certFile), key: await readPem('tlsKey', keyFile) };
}

async function readPem(option: string, file: string): Promise<string> {
  const expected = 'a readable PEM file';
  try {
    const text = await readFile(file, 'utf8');
    if (text.includes('-----BEGIN ')) return text;
  } catch (cause) {
    throw new KitError('ERR_OPTION_INVALID', { option, expected, value: JSON.stringify(file) }, { cause });
  }
  throw new KitError('ERR_OPTION_INVALID', { option, expected, value: JSON.stringify(file) });
}

async function importSelfsigned() {
  try {
    return await import('selfsigned');
  } catch (cause) {
    const feature = 'a self-signed certificate';
    throw new KitError('ERR_PACKAGE_MISSING', { feature, packages: 'selfsigned' }, { cause });
  }
}

const DNS_NAME = 2;
const IP_ADDRESS = 7;

async function signOwn(host: string): Promise<Certificate> {
  const { default: selfsigned } = await importSelfsigned();
  const isAddress = /^[\d.]+$|:/.test(host);
  const altNames = [
    { type: DNS_NAME, value: 'localhost' },
    { type: IP_ADDRESS, ip: '127.0.0.1' },
    { type: IP_ADDRESS, ip: '::1' },
    isAddress ? { type: IP_ADDRESS, ip: host } : { type: DNS_NAME, value: host },
  ];
  const made = selfsigned.generate([{ name: 'commonName', value: 'formal-mock' }], {
    keySize: 2048,
    algorithm: 'sha256',
    days: 365,
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  return { cert: made.cert, key: made.private };
}
