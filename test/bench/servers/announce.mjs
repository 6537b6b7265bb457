/** Listens on any port and says where in the words of `formal-mock serve --json`; SIGTERM ends it. */
export function announce(server) {
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    console.log(JSON.stringify({ event: 'listening', url: `http://127.0.0.1:${port}`, port }));
  });
  process.on('SIGTERM', () => process.exit(0));
}
