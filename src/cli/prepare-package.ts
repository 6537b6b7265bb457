import { writeParsedDocument } from '../files/built-in-document.ts';
import { writeDocsScript } from '../files/docs-script.ts';

await Promise.all([writeParsedDocument(), writeDocsScript()]);
