import { writeParsedDocument } from '../files/built-in-document.ts';
import { writeDocsScript } from '../files/docs-script.ts';
import { removePrivateDeclarations } from '../files/public-declarations.ts';

await Promise.all([writeParsedDocument(), writeDocsScript(), removePrivateDeclarations()]);
