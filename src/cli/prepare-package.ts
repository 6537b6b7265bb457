import { writeParsedDocument } from '../files/built-in-document.ts';

await writeParsedDocument();
