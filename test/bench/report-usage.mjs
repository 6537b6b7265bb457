// Loaded into a server where there is no /proc: answers the bench's question about its own costs.
process.on('message', (question) => {
  if (question !== 'usage') return;
  const { user, system } = process.cpuUsage();
  process.send({ cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 1_048_576 });
});
process.channel.unref();
