import { defineConfig } from 'rolldown';

/** Joins the command's own modules into one file: loading hundreds of small ones would double its start-up time. */
export default defineConfig({
  input: 'dist/cli/main.js',
  platform: 'node',
  external: /^[^./]/,
  output: {
    dir: 'dist/cli',
    entryFileNames: 'main.js',
    chunkFileNames: 'main-[name].js',
    format: 'esm',
    minify: true,
  },
});
