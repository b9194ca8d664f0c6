// Sends syslog lines as a fleet would: node phone-lines.ts PORT PHONES RATE SECONDS
// Four of five lines are ordinary; the fifth tells of a resync that failed or succeeded, and changes its phone on every screen.
import { createSocket } from 'node:dgram';

const [port = 0, phones = 1000, rate = 5000, seconds = 10] = process.argv.slice(2).map(Number);
const socket = createSocket('udp4');
const started = performance.now();
let sent = 0;

const timer = setInterval(() => {
  const due = Math.min(rate * seconds, Math.floor(((performance.now() - started) / 1000) * rate));
  for (; sent < due; sent += 1) socket.send(lineOf(sent), port, '127.0.0.1');
  if (sent < rate * seconds) return;
  clearInterval(timer);
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ sent, seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 })}\n`);
  socket.close();
}, 10);

function lineOf(index: number): string {
  const tells = index % 5 === 0;
  const turn = Math.floor(index / 5);
  const mac = ((tells ? turn : index) % phones).toString(16).padStart(6, '0').match(/../g)?.join(':') ?? '';
  const who = `CP-8841-3PCC 00:56:2b:${mac}`;
  if (!tells) return `<134>Nov 22 14:53:41 ${who} voice-bench ${index} registration state kept, nothing to do`;
  // Each phone fails and succeeds by turns: every one of these lines changes a tile.
  return Math.floor(turn / phones) % 2 === 0
    ? `<133>Nov 22 14:53:41 ${who} -- Successful resync http://127.0.0.1:80/8841-3PCC.xml`
    : `<131>Nov 22 14:53:41 ${who} -- Resync failed: Corrupt file`;
}
