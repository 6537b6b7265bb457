export default {
  input: 'dist/cli/main.js',
  platform: 'node',
  external: [/^[^./]/],
  output: { dir: 'dist/bundle', format: 'esm' },
};
